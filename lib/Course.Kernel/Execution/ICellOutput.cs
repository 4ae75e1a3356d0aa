namespace Course.Kernel.Execution;

/// <summary>The two console streams.</summary>
public enum OutputStream
{
    Out,
    Error,
}

/// <summary>
/// Receives the output of one cell. It is called while the cell runs, from any thread of the cell, and possibly after the cell has ended
/// (by threads that outlive it). Implementations must be thread-safe.
/// </summary>
public interface ICellOutput
{
    void Write(OutputStream stream, string text);

    /// <summary>Shows content.</summary>
    /// <param name="content">The content to show.</param>
    /// <param name="displayId">An id by which the display can be updated later.</param>
    void Display(MimeBundle content, string displayId);

    /// <summary>Replaces the content of every display with that id, in earlier cells too.</summary>
    void UpdateDisplay(MimeBundle content, string displayId);

    /// <summary>Shows the value of the cell's trailing expression; called at most once per cell.</summary>
    void ExecuteResult(MimeBundle content);

    /// <summary>Removes the output of the cell.</summary>
    /// <param name="wait">Whether to clear only when the next output arrives, so that animations do not flicker.</param>
    void ClearOutput(bool wait);

    /// <summary>Shows help, in a pager if the front-end has one.</summary>
    void Page(MimeBundle content) => Display(content, Guid.NewGuid().ToString("N"));

    /// <summary>Asks the user of the notebook for a line of text.</summary>
    /// <exception cref="InputUnavailableException">The front-end cannot ask for input.</exception>
    Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel);
}
