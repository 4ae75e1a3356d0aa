using Course.Kernel.Language;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>
/// Runs C# cells one after another; each sees what the earlier ones declared. Kernel and notebook runner both
/// stand on this. One engine per process is the rule: the console, the current directory and static state are shared.
/// </summary>
public sealed class ExecutionEngine : IAsyncDisposable
{
    private const string Smallest = "1 + 1";

    /// <summary>What first cells are made of.</summary>
    private const string Usual = """
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
    /// Takes cells all the way in a session of its own, so that the first real one finds compiler and formatter awake.
    /// A cell that comes at once waits for the smallest of them only, which is work that it would have to do itself.
    /// </summary>
    public async Task WarmUpAsync()
    {
        using var aside = new Session(session.Options);
        await oneAtATime.WaitAsync();
        try
        {
            await RunAsideAsync(aside, Smallest);
        }
        finally
        {
            oneAtATime.Release();
        }
        await RunAsideAsync(aside, Usual);
    }

    /// <summary>
    /// Loads the language services in the first pause: the first Tab would take longer than front-ends wait, and a run
    /// from top to bottom, which never asks, is not slowed down.
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

    /// <param name="code">The cell's text, directives included.</param>
    /// <param name="output">Receives everything the cell shows, while it runs.</param>
    /// <param name="cancel">Interrupts the cell, also in the middle of <c>while (true) {}</c>.</param>
    /// <param name="name">What stack traces call the cell; by default its number.</param>
    public async Task<CellOutcome> ExecuteAsync(string code, ICellOutput output, CancellationToken cancel, string? name = null)
    {
        await oneAtATime.WaitAsync(CancellationToken.None);
        var console = ConsoleCapture.Now();
        try
        {
            return await new CellRun(session, output, name ?? $"cell {++executed}", cancel).ExecuteAsync(code);
        }
        finally
        {
            if (console.Restore() is { Length: > 0 } replaced)
                output.Write(OutputStream.Error, $"This cell replaced {replaced}; from here on it is the notebook's again.\n");
            oneAtATime.Release();
        }
    }

    private static Task<CellOutcome> RunAsideAsync(Session aside, string code) =>
        Task.Run(() => new CellRun(aside, new NoOutput(), "warm-up", CancellationToken.None).ExecuteAsync(code));

    /// <summary>Completion, inspection and completeness over what the cells have declared so far.</summary>
    public LanguageServices Language => session.Language;

    public ValueTask DisposeAsync()
    {
        oneAtATime.Dispose();
        session.Dispose();
        return ValueTask.CompletedTask;
    }
}
