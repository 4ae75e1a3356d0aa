using System.Text;
using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>
/// Buffers console text for a moment, so a cell that writes single characters does not send a message for each. Text is sent in the order
/// of writing, before any other output of the cell, and after the delay at the latest.
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
        // Without the execution context of the cell, which must not stay alive in the timer.
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
