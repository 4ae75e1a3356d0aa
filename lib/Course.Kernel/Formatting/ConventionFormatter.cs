using System.Reflection;

namespace Course.Kernel.Formatting;

/// <summary>A formatter object that follows the convention, bound by reflection.</summary>
internal sealed record ConventionFormatter(string MimeType, Func<object, TextWriter, bool> Format)
{
    public static ConventionFormatter? TryBind(object formatter)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var type = formatter.GetType();
        var format = type.GetMethod("Format", Any, [typeof(object), typeof(TextWriter)]);
        return format is null || type.GetProperty("MimeType", Any)?.GetValue(formatter) is not string mimeType
            ? null
            : new(mimeType,
                (value, writer) => format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, writer], null) is not false);
    }

    /// <summary>Returns the representation, or null if the formatter declines the value.</summary>
    public string? TryFormat(object value)
    {
        using var writer = new StringWriter();
        return Format(value, writer) ? writer.ToString() : null;
    }
}
