namespace Course.Inference.Models;

/// <summary>A checkpoint cannot be used: names the file, what was expected and what came, and what to do.</summary>
public sealed class CheckpointException : CourseException
{
    public CheckpointException(string file, string problem, string remedy)
        : base($"{file}: {problem} {remedy}") => File = file;

    public CheckpointException(string file, string problem, string remedy, Exception inner)
        : base($"{file}: {problem} {remedy}", inner) => File = file;

    /// <summary>The file, or the folder, that is at fault.</summary>
    public string File { get; }
}
