namespace Course.Core;

/// <summary>
/// A file cannot be read, used or written. The message names the file, what was expected, what was found, and what to do.
/// </summary>
public sealed class FileException : CourseException
{
    private const int LongestPath = 4096;

    public FileException(string file, string problem, string remedy)
        : base($"{Shown(file)}: {problem} {remedy}") => File = file;

    public FileException(string file, string problem, string remedy, Exception inner)
        : base($"{Shown(file)}: {problem} {remedy}", inner) => File = file;

    // A file name may contain line breaks.
    private static string Shown(string file) => SafeText.Line(file, LongestPath);

    /// <summary>The path of the file or folder at fault.</summary>
    public string File { get; }
}
