namespace Course.TakeHome.Contracts;

/// <summary>An error that its reader can act on: what was expected, what came and where, and what to do.</summary>
public class TakeHomeException : Exception
{
    public TakeHomeException(string message) : base(message)
    {
    }

    public TakeHomeException(string message, Exception inner) : base(message, inner)
    {
    }
}
