namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>An answer that tries to get credit for what it does not do.</summary>
/// <param name="Name">How it tries.</param>
/// <param name="Exercise">The exercise that it answers.</param>
/// <param name="Text">Its C# source.</param>
/// <param name="FailsAt">The check that must fail; empty if no check at all may be credited.</param>
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
    /// Attributes that the runtime recognises by name alone. A search for the framework's own attributes does not find these.
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
