namespace Course.TakeHome.Rubrics;

/// <summary>A rubric or a question bank is not valid. The message says where, what was expected, and what to do.</summary>
public sealed class RubricException : CourseException
{
    public RubricException(string path, long line, string problem, string remedy, Exception? inner = null)
        : base($"{path}, line {line}: {problem} {remedy}", inner!) => (Path, Line) = (path, line);

    public string Path { get; }

    /// <summary>The line of the problem, from 1.</summary>
    public long Line { get; }
}
