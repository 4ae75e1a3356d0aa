namespace Course.Kernel.Execution;

/// <summary>A cell asked for input, but no front-end can provide it.</summary>
public sealed class InputUnavailableException : InvalidOperationException
{
    public InputUnavailableException()
        : this(
            "The cell asks for input, but no user can be asked here. Run the notebook in Jupyter, or assign the value in the cell.")
    {
    }

    public InputUnavailableException(string message)
        : base(message)
    {
    }

    public InputUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
