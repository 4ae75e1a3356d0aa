using Course.Kernel.Language;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>
/// Runs C# cells one after another; each sees what the earlier ones declared. Kernel and notebook runner both
/// stand on this. One engine per process is the rule: the console, the current directory and static state are shared.
/// </summary>
public sealed class ExecutionEngine : IAsyncDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly Session session;
    private int executed;

    public ExecutionEngine(EngineOptions options)
    {
        ConsoleCapture.Install();
        StrayExceptions.Install();
        session = new Session(options);
    }

    /// <summary>Compiles and runs a trivial cell, so that the first real one finds Roslyn awake.</summary>
    public async Task WarmUpAsync()
    {
        await oneAtATime.WaitAsync();
        try
        {
            await Task.Run(session.WarmUp);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <param name="code">The cell's text, directives included.</param>
    /// <param name="output">Receives everything the cell shows, while it runs.</param>
    /// <param name="cancel">Interrupts the cell, also in the middle of <c>while (true) {}</c>.</param>
    /// <param name="name">What stack traces call the cell; by default its number.</param>
    public async Task<CellOutcome> ExecuteAsync(string code, ICellOutput output, CancellationToken cancel, string? name = null)
    {
        await oneAtATime.WaitAsync(CancellationToken.None);
        try
        {
            return await new CellRun(session, output, name ?? $"cell {++executed}", cancel).ExecuteAsync(code);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Completion, inspection and completeness over what the cells have declared so far.</summary>
    public LanguageServices Language => session.Language;

    public ValueTask DisposeAsync()
    {
        oneAtATime.Dispose();
        session.Dispose();
        return ValueTask.CompletedTask;
    }
}
