using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Course.Kernel.Execution;

namespace Course.Kernel.Formatting;

/// <summary>
/// Formats types that render themselves by the convention of .NET Interactive: an attribute <em>named</em>
/// <c>TypeFormatterSourceAttribute</c>, from any assembly, names a class whose <c>CreateTypeFormatters()</c> returns objects with
/// <c>MimeType</c> and <c>bool Format(object, TextWriter)</c>.
/// </summary>
internal static class ConventionFormatters
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    private static readonly ConditionalWeakTable<Type, IReadOnlyList<ConventionFormatter>> Known = [];

    /// <summary>Returns all representations that the type's own formatters produce, or null if there are none.</summary>
    public static MimeBundle? TryFormat(object value)
    {
        var data = new Dictionary<string, JsonElement>();
        foreach (var formatter in Known.GetValue(value.GetType(), Find))
            if (!data.ContainsKey(formatter.MimeType) && formatter.TryFormat(value) is { } text)
                data.Add(formatter.MimeType, MimeBundle.Value(formatter.MimeType, text));
        return data.Count > 0 ? new(data) : null;
    }

    private static IReadOnlyList<ConventionFormatter> Find(Type type) =>
    [
        .. Hierarchy(type).SelectMany(t => t.GetCustomAttributes(inherit: false)).Where(a => a.GetType().Name == AttributeName)
            .Select(a => a.GetType().GetProperty("FormatterSourceType")?.GetValue(a)).OfType<Type>().SelectMany(Create),
    ];

    private static IEnumerable<Type> Hierarchy(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
            yield return t;
        foreach (var contract in type.GetInterfaces())
            yield return contract;
    }

    private static IEnumerable<ConventionFormatter> Create(Type source)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var instance = Activator.CreateInstance(source, nonPublic: true);
        return (source.GetMethod("CreateTypeFormatters", Any)?.Invoke(instance, null) as IEnumerable ?? Array.Empty<object>())
            .Cast<object>().Select(ConventionFormatter.TryBind).OfType<ConventionFormatter>();
    }
}
