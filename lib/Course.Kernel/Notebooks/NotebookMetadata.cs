using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>
/// What a front-end writes into a notebook's metadata when it opens it: the kernelspec's name, display name and language, and all that
/// the kernel says of its language. The course's notebooks hold exactly this, so that opening one changes nothing.
/// </summary>
public static class NotebookMetadata
{
    /// <summary>As .NET Interactive has it, too.</summary>
    public const string DisplayName = ".NET (C#)";

    public static JsonObject KernelSpec() => new()
    {
        ["display_name"] = DisplayName,
        ["language"] = Notebook.Language,
        ["name"] = Notebook.KernelName,
    };

    /// <summary>In the order in which Jupyter writes it: by name.</summary>
    public static JsonObject LanguageInfo() => new()
    {
        ["codemirror_mode"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = Notebook.Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = $"{Environment.Version.Major + 4}.0", // C# 14 came with .NET 10, and both count on together
    };
}
