namespace Course.Cli.Generating;

/// <summary>Reads the prompt from the command line, a file or standard input. In each case it must be Unicode text.</summary>
internal static class PromptSource
{
    public const string StandardInput = "-";

    public static string Read(string? prompt, string? file) => (prompt, file) switch
    {
        (not null, not null) => throw new CourseException("--prompt and --prompt-file are two prompts. Give one of them."),
        (not null, _) => FromArgument(prompt),
        (_, StandardInput) => WithoutLastLineEnd(FromStandardInput()),
        (_, not null) when Directory.Exists(file) =>
            throw new CourseException($"--prompt-file {file}: this is a folder; expected a text file, or - for standard input."),
        (_, not null) => WithoutLastLineEnd(Utf8File.ReadAllText(file)),
        _ => "",
    };

    /// <summary>.NET has already replaced bytes that are not UTF-8; only the replacement character can still be noticed.</summary>
    private static string FromArgument(string prompt) => !prompt.Contains('\uFFFD', StringComparison.Ordinal)
        ? prompt
        : throw new CourseException(
            "--prompt contains U+FFFD, which replaces bytes that are not UTF-8. Give the text in UTF-8; if you do mean U+FFFD, " +
            "use --prompt-file.");

    private static string FromStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return Utf8File.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), "standard input");
    }

    /// <summary>Removes the line end at the end of a file, which is not meant as text: a model would see the end of a paragraph.</summary>
    private static string WithoutLastLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
