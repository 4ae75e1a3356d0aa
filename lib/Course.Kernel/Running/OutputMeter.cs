namespace Course.Kernel.Running;

/// <summary>
/// Admits the output of a cell up to the limit, then reports once that the rest is left out. An update needs to fit the limit only by
/// itself, because it replaces other output; the runner counts both. Thread-safe.
/// </summary>
internal sealed class OutputMeter
{
    private readonly Lock gate = new();
    private long left = OutputSize.CellLimit;
    private bool? streamed;
    private bool full;

    /// <summary>Returns what to send of a reply: all of it, its beginning followed by a message that it was cut, or nothing.</summary>
    public IReadOnlyList<WorkerReply> Admit(WorkerReply reply)
    {
        lock (gate)
            return reply switch
            {
                WorkerReply.Cleared => Clear(reply),
                WorkerReply.Streamed text => Stream(text),
                WorkerReply.Displayed { Update: true } update => IsWithinLimit(update) ? [reply] : Cut(),
                WorkerReply.Displayed display => Rich(reply, OutputSize.Of(display.Data, display.Metadata)),
                WorkerReply.Returned result => Rich(reply, OutputSize.Of(result.Data, result.Metadata)),
                _ => [reply],
            };
    }

    private static bool IsWithinLimit(WorkerReply.Displayed update) => OutputSize.Of(update.Data, update.Metadata) <= OutputSize.CellLimit;

    private IReadOnlyList<WorkerReply> Clear(WorkerReply reply)
    {
        (left, streamed, full) = (OutputSize.CellLimit, null, false);
        return [reply];
    }

    private IReadOnlyList<WorkerReply> Stream(WorkerReply.Streamed text)
    {
        // Text of the other stream begins a new output.
        left -= streamed == text.Error ? 0 : OutputSize.Overhead;
        streamed = text.Error;
        var fitting = full ? 0 : OutputSize.Fitting(text.Text, left);
        left -= OutputSize.Of(text.Text.AsSpan(0, fitting));
        return fitting == text.Text.Length ? [text]
            : fitting > 0 ? [text with { Text = text.Text[..fitting] }, .. Cut()]
            : Cut();
    }

    private IReadOnlyList<WorkerReply> Rich(WorkerReply reply, long size)
    {
        streamed = null;
        if (full || size > left)
            return Cut();

        left -= size;
        return [reply];
    }

    private IReadOnlyList<WorkerReply> Cut()
    {
        var first = !full;
        full = true;
        return first ? [new WorkerReply.Cut()] : [];
    }
}
