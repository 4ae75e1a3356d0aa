using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>
/// Runs notebooks from top to bottom, each in its own process, so that no cell affects another notebook. Run them one at a time: two
/// concurrent runs would disturb each other's measurements.
/// </summary>
public sealed class NotebookRunner(RunnerOptions options, WorkerProgram program, TimeProvider clock)
{
    // How long a cell may take to stop after an interrupt before its process is killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs one notebook.</summary>
    /// <exception cref="NotebookException">The file is not a notebook for this kernel.</exception>
    /// <exception cref="KernelDiedException">The process did not start. If it ends later, that is a failure of the
    /// running cell.</exception>
    public async Task<NotebookRun> RunAsync(
        string path, IProgress<CellProgress>? progress = null, CancellationToken cancellation = default)
    {
        var source = Path.GetFullPath(path);
        var notebook = NotebookFile.Read(source);
        var begin = clock.GetTimestamp();
        var failure = await RunCellsAsync(Path.GetDirectoryName(source)!, notebook, progress, cancellation);
        var record = new RunRecord(
            source,
            MachineName.Describe(),
            options.DeviceName,
            options.IsQuick,
            clock.GetElapsedTime(begin).TotalSeconds,
            clock.GetUtcNow(),
            failure?.ToString());
        return new NotebookRun(source, notebook, record, failure);
    }

    private async Task<CellFailure?> RunCellsAsync(
        string folder, Notebook notebook, IProgress<CellProgress>? progress, CancellationToken cancellation)
    {
        var cells = notebook.CodeCells.ToArray();
        foreach (var cell in cells)
            (cell.Outputs, cell.ExecutionCount) = ([], null);

        await using var kernel = await KernelProcess.StartAsync(program, folder, options.Variables(), cancellation);
        var outputs = new OutputCollector();
        for (var i = 0; i < cells.Length; i++)
        {
            progress?.Report(new CellProgress(i + 1, cells.Length, cells[i].FirstLine));
            if (await RunCellAsync(kernel, cells[i], i + 1, outputs, cancellation) is { } failure)
                return failure;
        }

        return null;
    }

    private async Task<CellFailure?> RunCellAsync(
        KernelProcess kernel, NotebookCell cell, int number, OutputCollector outputs, CancellationToken cancellation)
    {
        var begin = clock.GetUtcNow();
        outputs.BeginCell(number);
        var failed = await OutcomeAsync(kernel, cell, outputs, cancellation);
        if (failed is not null)
            outputs.Fail(failed.Name, failed.Message, failed.Traceback);

        (cell.Outputs, cell.ExecutionCount) = (outputs.EndCell(), number);
        CellTiming.Write(cell, begin, clock.GetUtcNow());
        if (outputs.IsOverflowing && failed is not { Fatal: true })
            failed = TooMuchOutput;

        return failed is null || (cell.MayFail && failed is { Fatal: false })
            ? null
            : new CellFailure(number, cell.FirstLine, failed.Name, failed.Message, failed.Traceback);
    }

    /// <summary>A failure. Fatal means that the run cannot continue; other failures are errors that a cell may raise on purpose.</summary>
    private sealed record Failed(string Name, string Message, IReadOnlyList<string> Traceback, bool Fatal);

    private async Task<Failed?> OutcomeAsync(
        KernelProcess kernel, NotebookCell cell, OutputCollector outputs, CancellationToken cancellation)
    {
        try
        {
            var execution = kernel.ExecuteAsync(cell.Source, outputs.Show, CancellationToken.None);
            if (!await EndsAsync(execution, options.Timeout, cancellation))
            {
                await InterruptAsync(kernel, execution);
                cancellation.ThrowIfCancellationRequested();
                return TimedOut(execution.IsCompleted);
            }

            return await execution switch
            {
                WorkerReply.Failed failed => new Failed(failed.Name, failed.Message, failed.Traceback, Fatal: false),
                WorkerReply.Interrupted => new Failed("Interrupted", "the cell was interrupted.", [], Fatal: true),
                _ => null,
            };
        }
        catch (KernelDiedException death)
        {
            return new Failed("KernelDied", death.Message, [], Fatal: true);
        }
    }

    private static readonly Failed TooMuchOutput = new(
        "TooMuchOutput",
        $"the notebook shows more than {OutputSize.NotebookLimit >> 20} MiB, so part of its output is missing. Show less.",
        [],
        Fatal: true);

    private Failed TimedOut(bool stopped)
    {
        var how = stopped ? "was interrupted" : "did not stop when interrupted, so its process was ended";
        return new Failed(
            "Timeout",
            $"the cell ran longer than {options.Timeout.TotalSeconds:0.##} s and {how}. Allow more time with --timeout SECONDS.",
            [],
            Fatal: true);
    }

    private static async Task InterruptAsync(KernelProcess kernel, Task execution)
    {
        kernel.Interrupt();
        if (!await EndsAsync(execution, Grace, CancellationToken.None))
        {
            // Disposing the kernel ends the process, which also ends this task.
            _ = execution.ContinueWith(task => task.Exception, TaskScheduler.Default);
        }
    }

    private static async Task<bool> EndsAsync(Task task, TimeSpan time, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var first = await Task.WhenAny(task, Task.Delay(time, waiting.Token));
        await waiting.CancelAsync();
        return first == task;
    }
}
