using System.Text;

namespace Course.Kernel.Running;

/// <summary>
/// Reads what a process writes to its console outside the channel (native libraries, child processes, the runtime's last message) and
/// forwards it immediately. A fence is a mark that the process writes when a cell is done: once it has been read, everything before it has
/// been forwarded.
/// </summary>
internal sealed class FencedReader(TextReader reader, Action<string> pass)
{
    // A mark begins with this character, which programs do not normally write.
    public const char Begin = '\u0001';

    private readonly StringBuilder buffered = new();
    private readonly Lock gate = new();
    private string mark = "";
    private TaskCompletionSource reached = new();

    /// <summary>Sets the fence to wait for. The task completes when it has been read, or when the stream has ended.</summary>
    public Task Expect(string fence)
    {
        lock (gate)
        {
            mark = fence;
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return reached.Task;
        }
    }

    public async Task PumpAsync()
    {
        var buffer = new char[1 << 14];
        for (int count; (count = await ReadAsync(buffer)) > 0;)
        {
            lock (gate)
            {
                buffered.Append(buffer, 0, count);
                Release();
            }
        }

        lock (gate)
        {
            Pass(buffered.Length);
            reached.TrySetResult();
        }
    }

    private async Task<int> ReadAsync(char[] buffer)
    {
        try
        {
            return await reader.ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Release()
    {
        var text = buffered.ToString();
        var fence = mark.Length > 0 ? text.IndexOf(mark, StringComparison.Ordinal) : -1;
        if (fence >= 0)
        {
            Pass(fence);
            buffered.Remove(0, mark.Length);
            reached.TrySetResult();
            text = buffered.ToString();
        }

        // The rest may contain the beginning of a mark whose end has not arrived yet.
        var doubtful = text.LastIndexOf(Begin);
        Pass(doubtful >= 0 && text.Length - doubtful < mark.Length ? doubtful : text.Length);
    }

    private void Pass(int count)
    {
        if (count > 0)
        {
            pass(buffered.ToString(0, count));
            buffered.Remove(0, count);
        }
    }
}
