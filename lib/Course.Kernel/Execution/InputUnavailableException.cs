namespace Course.Kernel.Execution;

/// <summary>A cell asked for input where no front-end can answer.</summary>
public sealed class InputUnavailableException : InvalidOperationException
{
    public InputUnavailableException()
        : this(
            "The cell asks for input, but this front-end cannot ask anyone. Run the notebook in Jupyter, or assign the value in the cell.")
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
