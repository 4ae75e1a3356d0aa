namespace Course.TakeHome.Rubrics;

/// <summary>A rubric or a question bank that does not hold what it must: where, what was expected, what to do.</summary>
public sealed class RubricException : CourseException
{
    public RubricException(string path, long line, string problem, string remedy, Exception? inner = null)
        : base($"{path}, line {line}: {problem} {remedy}", inner!) => (Path, Line) = (path, line);

    public string Path { get; }

    /// <summary>From 1.</summary>
    public long Line { get; }
}
