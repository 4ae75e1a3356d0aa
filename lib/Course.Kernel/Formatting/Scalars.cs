using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml;

namespace Course.Kernel.Formatting;

/// <summary>Values that are one piece of text, in the invariant culture.</summary>
internal static class Scalars
{
    /// <summary>Lines, and characters of a line, that are shown of what a type says of itself. A string is shown whole.</summary>
    private const int MostLines = 200, LongestLine = 2000;

    /// <summary>The value as text, or null if it is to be shown by its parts.</summary>
    public static View.Scalar? TryDescribe(object value) => value switch
    {
        string text => new(text),
        Type type => new(TypeNames.Of(type)),
        Exception e => new(ExceptionText.Of(e)),
        Delegate => new(TypeNames.Of(value.GetType())),
        bool or char or Enum => new(value.ToString()!),
        DateTime time => new(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
        DateTimeOffset time => new(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
        DateOnly date => new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => new(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        _ when IsNumber(value) => Own(value, () => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        _ => Rare(value),
    };

    private static View.Scalar? Rare(object value) => Json.TryText(value) is { } json ? Own(value, () => json)
        : Promises.TryText(value) is { } promise ? new(promise)
        : value switch
        {
            _ when Origin.IsIn(value, "System.Xml") && Xml(value) is { } xml => Own(value, () => xml),
            _ when Origin.IsIn(value, "System.Data") && DataTables.Is(value) => null,
            IEnumerable or ITuple => null,
            IFormattable formattable => Own(value, () => formattable.ToString(null, CultureInfo.InvariantCulture)),
            _ => SpeaksForItself(value.GetType()) ? Own(value, () => value.ToString() ?? "") : null,
        };

    private static string? Xml(object value) => (value as XmlNode)?.OuterXml;

    private static bool IsNumber(object value) =>
        value.GetType().IsPrimitive || value is decimal or BigInteger or Half or Int128 or UInt128 or TimeSpan;

    /// <summary>Whether someone wrote a ToString for it: those of records and anonymous types come from the compiler.</summary>
    private static bool SpeaksForItself(Type type)
    {
        var method = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        return method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsDefined(typeof(CompilerGeneratedAttribute));
    }

    /// <summary>What the type says of the value; where that is nothing, as of DBNull, at least the type.</summary>
    private static View.Scalar Own(object value, Func<string> read)
    {
        try
        {
            return read() is { Length: > 0 } text ? new(Cut(text), IsNumber(value)) : Describer.Bare(value);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new($"({ExceptionText.Of(e)})");
        }
    }

    private static string Cut(string text)
    {
        if (text.Length <= LongestLine)
            return text;
        var lines = text.Split('\n');
        var shown = lines.Take(MostLines).Select(l => l.Length > LongestLine ? string.Concat(l.AsSpan(0, LongestLine), "…") : l);
        var more = string.Create(CultureInfo.InvariantCulture, $"… {lines.Length - MostLines} more lines");
        return string.Join('\n', lines.Length > MostLines ? shown.Append(more) : shown);
    }
}
