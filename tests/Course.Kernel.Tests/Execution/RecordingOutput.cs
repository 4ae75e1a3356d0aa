using System.Collections.Concurrent;
using System.Text;
using Course.Kernel.Execution;

namespace Course.Kernel.Tests.Execution;

/// <summary>Records the output of a cell, and answers its input requests from a queue.</summary>
internal sealed class RecordingOutput : ICellOutput
{
    private readonly Lock gate = new();
    private readonly StringBuilder stdout = new();
    private readonly StringBuilder stderr = new();

    public ConcurrentQueue<string> Answers { get; } = [];

    public ConcurrentQueue<string> Prompts { get; } = [];

    public List<(MimeBundle Content, string Id)> Displays { get; } = [];

    public List<(MimeBundle Content, string Id)> Updates { get; } = [];

    public List<bool> Clears { get; } = [];

    public MimeBundle? Result { get; private set; }

    public string Out => Locked(stdout.ToString);

    public string Error => Locked(stderr.ToString);

    public void Write(OutputStream stream, string text) =>
        Locked(() => (stream == OutputStream.Out ? stdout : stderr).Append(text));

    public void Display(MimeBundle content, string displayId) => Locked(() => { Displays.Add((content, displayId)); return 0; });

    public void UpdateDisplay(MimeBundle content, string displayId) => Locked(() => { Updates.Add((content, displayId)); return 0; });

    public void ExecuteResult(MimeBundle content) => Locked(() => Result = content);

    public void ClearOutput(bool wait) => Locked(() => { Clears.Add(wait); return 0; });

    public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel)
    {
        Prompts.Enqueue(prompt);
        return Answers.TryDequeue(out var answer)
            ? Task.FromResult(answer)
            : Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => "", cancel);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}
