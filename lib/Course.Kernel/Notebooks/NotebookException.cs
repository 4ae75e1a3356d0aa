namespace Course.Kernel.Notebooks;

/// <summary>A file cannot be used as a notebook. The message names the file, what was expected, and what to do.</summary>
public sealed class NotebookException : CourseException
{
    public NotebookException(string path, string problem) : base($"{path}: {problem}")
    {
    }

    public NotebookException(string path, string problem, Exception inner) : base($"{path}: {problem}", inner)
    {
    }
}
