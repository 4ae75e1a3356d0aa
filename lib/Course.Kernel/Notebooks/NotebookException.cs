namespace Course.Kernel.Notebooks;

/// <summary>A file that cannot be run as a notebook: says which file, what was expected of it, and what to do.</summary>
public sealed class NotebookException : CourseException
{
    public NotebookException(string path, string problem) : base($"{path}: {problem}")
    {
    }

    public NotebookException(string path, string problem, Exception inner) : base($"{path}: {problem}", inner)
    {
    }
}
