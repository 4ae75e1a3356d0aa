using Course.Kernel.Execution;

namespace Course.Kernel.Tests.Execution;

/// <summary>An engine with the methods that tests need.</summary>
internal sealed class Notebook(string? folder = null) : IAsyncDisposable
{
    /// <summary>The interrupt timeout: more than any stop check takes, less than a test should wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The timeout of a cell, long enough for a package restore on a busy machine.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public ExecutionEngine Engine { get; } = new(new EngineOptions(folder ?? Path.GetTempPath()) { InterruptTimeout = Patience });

    public RecordingOutput Output { get; private set; } = new();

    public Task<CellOutcome> Run(string code) => Run(code, CancellationToken.None);

    public Task<CellOutcome> Run(string code, CancellationToken cancel)
    {
        Output = new RecordingOutput();
        return Engine.ExecuteAsync(code, Output, cancel).WaitAsync(Bound, CancellationToken.None);
    }

    public async Task<MimeBundle> Value(string code)
    {
        Assert.IsType<CellOutcome.Succeeded>(await Run(code));
        return Output.Result ?? throw new InvalidOperationException($"The cell has no value: {code}");
    }

    public async Task<string> Text(string code) => (await Value(code)).Text;

    public async Task<CellOutcome.Failed> Failure(string code) => Assert.IsType<CellOutcome.Failed>(await Run(code));

    /// <summary>Starts the cell, waits until it writes to stdout, and interrupts it.</summary>
    public async Task<CellOutcome> Interrupt(string code)
    {
        using var cancel = new CancellationTokenSource();
        var run = Run($"Console.Write(\"started\"); {code}", cancel.Token);
        while (!Output.Out.Contains("started", StringComparison.Ordinal) && !run.IsCompleted)
            await Task.Delay(5);
        await cancel.CancelAsync();
        return await run;
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
