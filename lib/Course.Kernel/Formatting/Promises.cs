using System.Collections;

namespace Course.Kernel.Formatting;

/// <summary>
/// Values that are still to come. They are neither awaited nor consumed, and named by their contract: the class is the compiler's.
/// </summary>
internal static class Promises
{
    private static readonly Dictionary<Type, string> Hints = new()
    {
        [typeof(IAsyncEnumerable<>)] = "read it with await foreach",
        [typeof(IAsyncEnumerator<>)] = "read it with await foreach",
        [typeof(IEnumerator<>)] = "an enumerator; show the sequence that it came from",
        [typeof(Task<>)] = "await it for its value",
        [typeof(ValueTask<>)] = "await it for its value",
    };

    /// <returns>Its type and how to get at it; null if the value is no promise.</returns>
    public static string? TryText(object value) => value switch
    {
        // First, for the class of an iterator method is its sequence and its enumerator in one.
        IEnumerable => null,
        Task or ValueTask or IEnumerator => Text(value.GetType()) ?? TypeNames.Of(value is Task ? typeof(Task) : value.GetType()),
        _ => Text(value.GetType()),
    };

    private static string? Text(Type type)
    {
        var known = Bases(type).Concat(type.GetInterfaces())
            .FirstOrDefault(t => t.IsGenericType && Hints.ContainsKey(t.GetGenericTypeDefinition()));
        // What an async method that returns Task gives is a Task<VoidTaskResult> inside.
        return known is null || known.GetGenericArguments()[0].Name == "VoidTaskResult" ? null
            : $"{TypeNames.Of(known)}: {Hints[known.GetGenericTypeDefinition()]}";
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
            yield return t;
    }
}
