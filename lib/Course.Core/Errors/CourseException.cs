namespace Course.Core;

/// <summary>
/// An error that its reader can act on. The message says what was expected, what came and where, and what to do;
/// the command line prints it without a stack trace. Messages quote files and people: they are cleaned here, once for all
/// (<see cref="SafeText"/>).
/// </summary>
public class CourseException : Exception
{
    public CourseException(string message) : base(SafeText.Lines(message))
    {
    }

    public CourseException(string message, Exception inner) : base(SafeText.Lines(message), inner)
    {
    }
}
