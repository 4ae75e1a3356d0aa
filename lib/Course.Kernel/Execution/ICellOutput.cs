namespace Course.Kernel.Execution;

/// <summary>Which of the two console streams.</summary>
public enum OutputStream
{
    Out,
    Error,
}

/// <summary>
/// Where one cell's output goes. Called while the cell runs, from whichever thread of the cell writes,
/// and possibly after it ended (by threads it left behind): implementations are thread-safe.
/// </summary>
public interface ICellOutput
{
    void Write(OutputStream stream, string text);

    /// <param name="content">What to show.</param>
    /// <param name="displayId">Names the display so that it can be updated later.</param>
    void Display(MimeBundle content, string displayId);

    /// <summary>Replaces the content of every display of that id, in earlier cells too.</summary>
    void UpdateDisplay(MimeBundle content, string displayId);

    /// <summary>The value of the cell's trailing expression; at most once per cell.</summary>
    void ExecuteResult(MimeBundle content);

    /// <param name="wait">Clear only when the next output arrives, so that animations do not flicker.</param>
    void ClearOutput(bool wait);

    /// <summary>Shows help: in a pager where the front-end has one, else like any display.</summary>
    void Page(MimeBundle content) => Display(content, Guid.NewGuid().ToString("N"));

    /// <summary>Asks the person at the notebook.</summary>
    /// <exception cref="InputUnavailableException">Nobody is there to answer.</exception>
    Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel);
}
