namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>An answer that wants credit for what it does not do.</summary>
/// <param name="Name">How it tries.</param>
/// <param name="Exercise">Which one it answers.</param>
/// <param name="Text">C#.</param>
/// <param name="FailsAt">The check that must see through it; empty where nothing at all may be credited.</param>
internal sealed record Attack(string Name, string Exercise, string Text, string FailsAt = "")
{
    public const ulong Seed = 31;

    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using Course.Core;
        using Course.TakeHome.Contracts;

        """;

    /// <summary>
    /// Attributes that the runtime honours by name, whoever defines them; those of the framework can be looked for, these cannot.
    /// </summary>
    public const string OwnAttributes = """
        namespace System.Runtime.CompilerServices
        {
            internal enum UnsafeAccessorKind { Constructor, Method, StaticMethod, Field, StaticField }

            [AttributeUsage(AttributeTargets.Method)]
            internal sealed class UnsafeAccessorAttribute(UnsafeAccessorKind kind) : Attribute
            {
                public UnsafeAccessorKind Kind { get; } = kind;
                public string Name { get; set; }
            }

            [AttributeUsage(AttributeTargets.Method)]
            internal sealed class ModuleInitializerAttribute : Attribute;

            [AttributeUsage(AttributeTargets.Struct)]
            internal sealed class InlineArrayAttribute(int length) : Attribute
            {
                public int Length { get; } = length;
            }
        }
        """;

    public static IReadOnlyList<Attack> All { get; } =
        [.. LoopAttacks.All, .. OtherAttacks.All, .. ProcessAttacks.All, .. SuiteAttacks.All];

    public override string ToString() => Name;
}
