namespace Course.TakeHome.Contracts;

/// <summary>An error that its reader can act on: what was expected, what came and where, and what to do. Messages quote files and people, so they are cleaned here.</summary>
public class TakeHomeException : Exception
{
    public TakeHomeException(string message) : base(SafeText.Lines(message))
    {
    }

    public TakeHomeException(string message, Exception inner) : base(SafeText.Lines(message), inner)
    {
    }
}
