namespace Course.Core;

/// <summary>
/// Says which class formats a type. .NET Interactive and the course's kernel look for an attribute of this <em>name</em>,
/// whoever declares it, so a library that renders itself depends on neither.
/// Its source needs a public constructor without parameters and <c>IEnumerable CreateTypeFormatters()</c>;
/// each formatter a <c>string MimeType</c> and <c>bool Format(object, TextWriter)</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What a kernel shows unless told otherwise, best first. An array because the convention reads it as one.</summary>
#pragma warning disable CA1819
    public string[] PreferredMimeTypes { get; set; } = [];
#pragma warning restore CA1819
}
