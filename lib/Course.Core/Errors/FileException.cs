namespace Course.Core;

/// <summary>A file cannot be used, or not be written: names the file, what was expected and what came, and what to do.</summary>
public sealed class FileException : CourseException
{
    private const int LongestPath = 4096;

    public FileException(string file, string problem, string remedy)
        : base($"{Shown(file)}: {problem} {remedy}") => File = file;

    public FileException(string file, string problem, string remedy, Exception inner)
        : base($"{Shown(file)}: {problem} {remedy}", inner) => File = file;

    // A name may hold line ends too.
    private static string Shown(string file) => SafeText.Line(file, LongestPath);

    /// <summary>The file, or the folder, that is at fault.</summary>
    public string File { get; }
}
