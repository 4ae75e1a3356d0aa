using System.Text;
using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>
/// Gathers console text for a moment: a cell that writes a character at a time would otherwise make a message of each.
/// Text leaves in the order of writing, before anything else the cell shows, and at the latest after the delay.
/// </summary>
internal sealed class StreamBuffer(Action<OutputStream, string> send)
{
    private const int Limit = 16384;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(30);

    private readonly StringBuilder pending = new();
    private readonly Lock gate = new();
    private OutputStream stream;
    private bool scheduled;

    public void Write(OutputStream to, string text)
    {
        lock (gate)
        {
            if (to != stream)
                Send();
            stream = to;
            pending.Append(text);
            if (pending.Length >= Limit)
                Send();
            else if (!scheduled)
                Schedule();
        }
    }

    public void Flush()
    {
        lock (gate)
            Send();
    }

    private void Send()
    {
        if (pending.Length == 0)
            return;
        send(stream, pending.ToString());
        pending.Clear();
    }

    private void Schedule()
    {
        scheduled = true;
        // Not within the flow of the cell: its context must not live on in the timer.
        using (ExecutionContext.SuppressFlow())
            _ = LaterAsync();
    }

    private async Task LaterAsync()
    {
        await Task.Delay(Delay).ConfigureAwait(false);
        lock (gate)
        {
            scheduled = false;
            Send();
        }
    }
}
