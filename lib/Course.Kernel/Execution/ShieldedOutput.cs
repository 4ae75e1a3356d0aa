namespace Course.Kernel.Execution;

/// <summary>
/// An interrupt aborts the cell's threads wherever they are, but never inside a <c>finally</c>. Output code holds locks
/// and sockets that must survive, so every call into it runs inside one.
/// </summary>
internal sealed class ShieldedOutput(ICellOutput inner) : ICellOutput
{
    public void Write(OutputStream stream, string text) => Shield(() => inner.Write(stream, text));

    public void Display(MimeBundle content, string displayId) => Shield(() => inner.Display(content, displayId));

    public void UpdateDisplay(MimeBundle content, string displayId) => Shield(() => inner.UpdateDisplay(content, displayId));

    public void ExecuteResult(MimeBundle content) => Shield(() => inner.ExecuteResult(content));

    public void ClearOutput(bool wait) => Shield(() => inner.ClearOutput(wait));

    public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel)
    {
        var answer = Task.FromResult("");
        Shield(() => answer = inner.RequestInputAsync(prompt, password, cancel));
        return answer;
    }

    private static void Shield(Action action)
    {
        try
        {
        }
        finally
        {
            action();
        }
    }
}
