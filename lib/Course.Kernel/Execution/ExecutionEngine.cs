using Course.Kernel.Language;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>
/// Runs C# cells one after another; each sees the declarations of earlier ones. The kernel and the notebook runner both use it.
/// Use one engine per process, because the console, the current directory and static state are shared.
/// </summary>
public sealed class ExecutionEngine : IAsyncDisposable
{
    private const string MinimalCell = "1 + 1";

    /// <summary>Uses the features that first cells typically use.</summary>
    private const string TypicalCell = """
        record Warm(int A, string B);
        int Twice(int n) => 2 * n;
        var warm = Enumerable.Range(0, 3).Select(i => new Warm(Twice(i), $"{i}")).ToList();
        await Task.CompletedTask;
        foreach (var w in warm) Console.Write(w.B);
        warm
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly Session session;
    private int executed;

    public ExecutionEngine(EngineOptions options)
    {
        ConsoleCapture.Install();
        StrayExceptions.Install();
        session = new Session(options);
    }

    /// <summary>
    /// Runs cells in a separate session, so that compiler and formatter are loaded before the first real cell. A cell that arrives
    /// immediately waits only for the smallest of them, which does work that the cell would have to do itself.
    /// </summary>
    public async Task WarmUpAsync()
    {
        using var separate = new Session(session.Options);
        await oneAtATime.WaitAsync();
        try
        {
            await RunSeparatelyAsync(separate, MinimalCell);
        }
        finally
        {
            oneAtATime.Release();
        }
        await RunSeparatelyAsync(separate, TypicalCell);
    }

    /// <summary>
    /// Loads the language services in the first pause between cells. Otherwise the first completion would take longer than front-ends wait.
    /// A run from top to bottom, which needs none, is not slowed down.
    /// </summary>
    public async Task WarmUpLanguageAsync(CancellationToken cancel)
    {
        int before;
        do
        {
            before = executed;
            await Task.Delay(Pause, cancel).ConfigureAwait(false);
        }
        while (executed != before || oneAtATime.CurrentCount == 0);
        await session.Language.WarmUpAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Runs one cell.</summary>
    /// <param name="code">The text of the cell, including directives.</param>
    /// <param name="output">Receives the output of the cell while it runs.</param>
    /// <param name="cancel">Interrupts the cell, even inside <c>while (true) {}</c>.</param>
    /// <param name="name">The name of the cell in stack traces; by default its number.</param>
    public async Task<CellOutcome> ExecuteAsync(string code, ICellOutput output, CancellationToken cancel, string? name = null)
    {
        await oneAtATime.WaitAsync(CancellationToken.None);
        var console = ConsoleCapture.Current();
        try
        {
            return await new CellRun(session, output, name ?? $"cell {++executed}", cancel).ExecuteAsync(code);
        }
        finally
        {
            if (console.Restore() is { Length: > 0 } replaced)
                output.Write(OutputStream.Error, $"This cell replaced {replaced}. The notebook's own streams are restored.\n");
            oneAtATime.Release();
        }
    }

    private static Task<CellOutcome> RunSeparatelyAsync(Session separate, string code) =>
        Task.Run(() => new CellRun(separate, new NoOutput(), "warm-up", CancellationToken.None).ExecuteAsync(code));

    /// <summary>Completion, inspection and completeness checks with the declarations of all cells so far.</summary>
    public LanguageServices Language => session.Language;

    public ValueTask DisposeAsync()
    {
        oneAtATime.Dispose();
        session.Dispose();
        return ValueTask.CompletedTask;
    }
}
