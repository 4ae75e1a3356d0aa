using System.Text;

namespace Course.Kernel.Running;

/// <summary>
/// Reads what a process writes past the channel (native libraries, its own child processes, the runtime's last words) and
/// passes it on as it comes. A fence is a mark that the process writes when a cell is done: once it is read, everything
/// before it has been passed on.
/// </summary>
internal sealed class FencedReader(TextReader reader, Action<string> pass)
{
    // No program writes this by itself, so it is where a mark may begin.
    public const char Begin = '\u0001';

    private readonly StringBuilder held = new();
    private readonly Lock gate = new();
    private string mark = "";
    private TaskCompletionSource reached = new();

    /// <summary>The task ends when the mark has come, or the process will write no more.</summary>
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
                held.Append(buffer, 0, count);
                Release();
            }
        }

        lock (gate)
        {
            Pass(held.Length);
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
        var text = held.ToString();
        var fence = mark.Length > 0 ? text.IndexOf(mark, StringComparison.Ordinal) : -1;
        if (fence >= 0)
        {
            Pass(fence);
            held.Remove(0, mark.Length);
            reached.TrySetResult();
            text = held.ToString();
        }

        // The rest may hold the beginning of a mark whose end is still to come.
        var doubtful = text.LastIndexOf(Begin);
        Pass(doubtful >= 0 && text.Length - doubtful < mark.Length ? doubtful : text.Length);
    }

    private void Pass(int count)
    {
        if (count > 0)
        {
            pass(held.ToString(0, count));
            held.Remove(0, count);
        }
    }
}
