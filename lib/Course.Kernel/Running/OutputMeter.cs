namespace Course.Kernel.Running;

/// <summary>
/// Lets pass what a cell shows until it weighs as much as a cell may show, then says once that the rest is left out.
/// Thread-safe. An update passes always: it takes the place of what it updates, and the runner weighs the two.
/// </summary>
internal sealed class OutputMeter
{
    private readonly Lock gate = new();
    private long left = OutputSize.CellLimit;
    private bool? streamed;
    private bool full;

    /// <summary>What of the reply is to be sent, in order: all of it, its beginning and the word that it was cut, or nothing.</summary>
    public IReadOnlyList<WorkerReply> Admit(WorkerReply reply)
    {
        lock (gate)
        {
            return reply switch
            {
                WorkerReply.Cleared => Clear(reply),
                WorkerReply.Streamed text => Stream(text),
                WorkerReply.Displayed { Update: true } update => IsBearable(update) ? [reply] : Cut(),
                WorkerReply.Displayed display => Rich(reply, OutputSize.Of(display.Data, display.Metadata)),
                WorkerReply.Returned result => Rich(reply, OutputSize.Of(result.Data, result.Metadata)),
                _ => [reply],
            };
        }
    }

    private static bool IsBearable(WorkerReply.Displayed update) => OutputSize.Of(update.Data, update.Metadata) <= OutputSize.CellLimit;

    private IReadOnlyList<WorkerReply> Clear(WorkerReply reply)
    {
        (left, streamed, full) = (OutputSize.CellLimit, null, false);
        return [reply];
    }

    private IReadOnlyList<WorkerReply> Stream(WorkerReply.Streamed text)
    {
        // The other stream's text begins an output of its own.
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
        {
            return Cut();
        }

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
