namespace Course.TakeHome.Contracts;

/// <summary>Kernels of notebooks look for an attribute of this name, whoever declares it, and ask the class that it names for formatters.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType => formatterSourceType;

#pragma warning disable CA1819 // an array because the convention reads it as one
    public string[] PreferredMimeTypes { get; set; } = [];
#pragma warning restore CA1819
}

/// <summary>HTML for a <see cref="CheckReport"/>, and text beside it.</summary>
public sealed class CheckReportFormatters
{
    internal const string Html = "text/html", Plain = "text/plain";

    private readonly Formatter[] formatters = [new(Html, CheckReportPage.Write), new(Plain, report => $"{report}")];

    public IEnumerable<object> CreateTypeFormatters() => formatters;

    /// <summary>In the shape that the convention calls by reflection.</summary>
    public sealed class Formatter(string mimeType, Func<CheckReport, string> format)
    {
        public string MimeType => mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not CheckReport report)
                return false;
            writer.Write(format(report));
            return true;
        }
    }
}
