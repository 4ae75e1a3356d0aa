using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>Takes only the value of a user expression and discards its other output.</summary>
internal sealed class ResultOnly(Action<MimeBundle> take, ICellOutput dropped) : ICellOutput
{
    public void Write(OutputStream stream, string text) => dropped.Write(stream, text);

    public void Display(MimeBundle content, string displayId) => dropped.Display(content, displayId);

    public void UpdateDisplay(MimeBundle content, string displayId) => dropped.UpdateDisplay(content, displayId);

    public void ExecuteResult(MimeBundle content) => take(content);

    public void ClearOutput(bool wait) => dropped.ClearOutput(wait);

    public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel) => throw new InputUnavailableException();
}
