namespace Course.Inference;

/// <summary>
/// An error that its reader can act on. The message says what was expected, what came and where, and what to do;
/// the command line prints it without a stack trace.
/// </summary>
public class CourseException : Exception
{
    public CourseException(string message) : base(message)
    {
    }

    public CourseException(string message, Exception inner) : base(message, inner)
    {
    }
}
