using System.Reflection;
using System.Runtime.CompilerServices;

namespace Course.Kernel.Formatting;

/// <summary>A property or field that is shown.</summary>
internal sealed record Member(string Name, Func<object, object?> Read);

/// <summary>The public members of a type, in declaration order, without compiler-generated ones.</summary>
internal static class Members
{
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<Member>> Known = [];

    public static IReadOnlyList<Member> Of(Type type) => Known.GetValue(type, Find);

    private static IReadOnlyList<Member> Find(Type type) =>
    [
        .. type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => !m.Name.StartsWith('<') && (m is FieldInfo || m is PropertyInfo p && IsReadable(p)))
            .OrderBy(m => m.MetadataToken)
            .Select(m => new Member(m.Name, m is FieldInfo field ? field.GetValue : Guard((PropertyInfo)m))),
    ];

    private static bool IsReadable(PropertyInfo property) =>
        property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
        && property.PropertyType is { IsByRefLike: false, IsPointer: false, IsByRef: false };

    /// <summary>A getter that throws yields its exception as the value, so the other members are still shown.</summary>
    private static Func<object, object?> Guard(PropertyInfo property) => instance =>
    {
        try
        {
            return property.GetValue(instance);
        }
        catch (TargetInvocationException e) when (e.InnerException is not OperationCanceledException)
        {
            return e.InnerException;
        }
    };
}
