namespace Course.Kernel.Execution;

/// <summary>Discards all output of a cell.</summary>
internal sealed class NoOutput : ICellOutput
{
    public void Write(OutputStream stream, string text)
    {
    }

    public void Display(MimeBundle content, string displayId)
    {
    }

    public void UpdateDisplay(MimeBundle content, string displayId)
    {
    }

    public void ExecuteResult(MimeBundle content)
    {
    }

    public void ClearOutput(bool wait)
    {
    }

    public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel) => throw new InputUnavailableException();
}
