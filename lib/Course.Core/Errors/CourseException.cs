namespace Course.Core;

/// <summary>
/// An error that the reader can act on. The message says what was expected, what was found and where, and what to do;
/// the command line prints it without a stack trace. Messages may quote files and user input, so the constructor cleans them with
/// <see cref="SafeText"/>.
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
