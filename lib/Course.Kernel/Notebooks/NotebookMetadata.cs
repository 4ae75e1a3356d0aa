using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>
/// The metadata that a front-end writes into a notebook when it opens it: the kernelspec's name, display name and language, and the
/// kernel's language information. The course's notebooks contain exactly this, so opening one changes nothing.
/// </summary>
public static class NotebookMetadata
{
    /// <summary>The display name of the kernel, the same as .NET Interactive's.</summary>
    public const string DisplayName = ".NET (C#)";

    public static JsonObject KernelSpec() => new()
    {
        ["display_name"] = DisplayName,
        ["language"] = Notebook.Language,
        ["name"] = Notebook.KernelName,
    };

    /// <summary>The language information, in the order in which Jupyter writes it: by name.</summary>
    public static JsonObject LanguageInfo() => new()
    {
        ["codemirror_mode"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = Notebook.Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = $"{Environment.Version.Major + 4}.0", // C# 14 came with .NET 10, and both increase together
    };
}
