using System.Collections;

namespace Course.Kernel.Formatting;

/// <summary>Recognises the results of <c>GroupBy</c> and <c>ToLookup</c>: sequences that have a key.</summary>
internal static class Groups
{
    public static bool IsGroup(object? value) => value is IEnumerable && Contract(value.GetType()) is not null;

    public static object? Key(object group) =>
        Contract(group.GetType())!.GetProperty(nameof(IGrouping<int, int>.Key))!.GetValue(group);

    private static Type? Contract(Type type) =>
        Array.Find(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IGrouping<,>));
}
