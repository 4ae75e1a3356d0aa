using System.IO.Pipes;
using System.Runtime.InteropServices;
using Course.Kernel.Execution;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>
/// The process in which one notebook runs. It hosts the engine, follows the runner at the other end of a pipe, and ends when the runner
/// does. Whatever a cell does to the process affects only this notebook.
/// </summary>
public static class NotebookWorker
{
    // In characters and in lines.
    private const int MaximumText = 20_000, MaximumTraceback = 200;

    /// <summary>Serves the runner over the named pipe.</summary>
    public static async Task<int> RunAsync(string pipe, CancellationToken cancellation)
    {
        // Ctrl+C reaches every process of the terminal. The runner decides whether to interrupt the cell.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        ProcessFamily.AdoptOrphans();
        var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        await stream.ConnectAsync(cancellation);
        // The runner sends code, which can be as long as the largest notebook file.
        using var channel = new LineChannel(stream, 2 * NotebookFile.MaximumSize);
        await using var engine = new ExecutionEngine(EngineOptions.Here);
        await ServeAsync(channel, engine);
        ProcessFamily.EndOthers();
        // A cell may still be running and keep the process alive, but nobody waits for its result.
        Environment.Exit(0);
        return 0;
    }

    private static async Task ServeAsync(LineChannel channel, ExecutionEngine engine)
    {
        using var lifetime = new CancellationTokenSource();
        var running = lifetime;
        channel.Send<WorkerReply>(new WorkerReply.Ready());
        while (await channel.ReceiveAsync<WorkerRequest>(CancellationToken.None) is { } request)
        {
            switch (request)
            {
                case WorkerRequest.Execute execute:
                    running = new CancellationTokenSource();
                    _ = ExecuteAsync(channel, engine, execute, running.Token);
                    break;
                case WorkerRequest.Interrupt:
                    await running.CancelAsync();
                    break;
            }
        }
    }

    private static async Task ExecuteAsync(
        LineChannel channel, ExecutionEngine engine, WorkerRequest.Execute cell, CancellationToken interrupted)
    {
        var reply = await OutcomeAsync(channel, engine, cell, interrupted);
        NativeConsole.Fence(cell.Fence);
        channel.Send(reply);
    }

    private static async Task<WorkerReply> OutcomeAsync(
        LineChannel channel, ExecutionEngine engine, WorkerRequest.Execute cell, CancellationToken interrupted)
    {
        try
        {
            var output = new ChannelOutput(channel);
            return await Task.Run(() => engine.ExecuteAsync(cell.Code, output, interrupted), CancellationToken.None) switch
            {
                CellOutcome.Failed failed => Failed(failed.Name, failed.Message, failed.Traceback),
                CellOutcome.Interrupted => new WorkerReply.Interrupted(),
                _ => new WorkerReply.Succeeded(),
            };
        }
        // Without a reply the runner would wait until the timeout.
        catch (Exception e)
        {
            return Failed(e.GetType().FullName!, e.Message, e.ToString().Split('\n'));
        }
    }

    // An exception may contain any amount of text.
    private static WorkerReply.Failed Failed(string name, string message, IReadOnlyList<string> traceback) =>
        new(Cut(name), Cut(message), [.. traceback.Take(MaximumTraceback).Select(Cut)]);

    private static string Cut(string text) => text.Length <= MaximumText ? text : text[..MaximumText] + "…";
}
