namespace Course.Core;

/// <summary>
/// Names the class that formats a type. .NET Interactive and the course's kernel look for an attribute of this <em>name</em>, in any
/// assembly, so a library that renders its own types depends on neither kernel.
/// The source class needs a public parameterless constructor and <c>IEnumerable CreateTypeFormatters()</c>;
/// each formatter needs <c>string MimeType</c> and <c>bool Format(object, TextWriter)</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that a kernel shows by default, best first. The convention requires an array.</summary>
#pragma warning disable CA1819
    public string[] PreferredMimeTypes { get; set; } = [];
#pragma warning restore CA1819
}
