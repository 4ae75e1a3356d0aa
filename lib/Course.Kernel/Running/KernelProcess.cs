using System.Diagnostics;
using System.IO.Pipes;
using System.Text;

namespace Course.Kernel.Running;

/// <summary>A running worker process, seen from the runner. It runs one cell at a time and sends the output while the cell runs.</summary>
internal sealed class KernelProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FenceTimeout = TimeSpan.FromSeconds(2);
    private const int MaximumErrorText = 1 << 20;

    // The most that the worker's output meter admits in one message, with room for the rest of the message.
    private const long MaximumMessage = 2 * OutputSize.CellLimit;

    private readonly Process process;
    private readonly string mark;
    private readonly LineChannel channel;
    private readonly FencedReader standardOutput;
    private readonly FencedReader standardError;
    private readonly Task pumps;
    private readonly StringBuilder errorText = new();
    private readonly string fence = $"{FencedReader.Begin}{Guid.NewGuid():N}{FencedReader.Begin}";
    private volatile Action<WorkerReply> sink = _ => { };

    private KernelProcess(Process process, string mark, Stream pipe)
    {
        this.process = process;
        this.mark = mark;
        channel = new LineChannel(pipe, MaximumMessage);
        standardOutput = new FencedReader(process.StandardOutput, text => sink(new WorkerReply.Streamed(Error: false, text)));
        standardError = new FencedReader(process.StandardError, OnError);
        pumps = Task.WhenAll(standardOutput.PumpAsync(), standardError.PumpAsync());
    }

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="KernelDiedException">The process ended before it was ready.</exception>
    public static async Task<KernelProcess> StartAsync(
        WorkerProgram program, string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var name = $"course-{Guid.NewGuid():N}";
        var pipe = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var kernel = new KernelProcess(Start(program, name, folder, environment), name, pipe);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timeout.CancelAfter(StartTimeout);
            var connected = pipe.WaitForConnectionAsync(timeout.Token);
            if (await Task.WhenAny(connected, kernel.process.WaitForExitAsync(timeout.Token)) != connected)
                throw await kernel.ExitErrorAsync();

            await connected;
            return await kernel.ReceiveAsync(timeout.Token) is WorkerReply.Ready ? kernel : throw await kernel.ExitErrorAsync();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await kernel.DisposeAsync();
            throw new KernelDiedException($"the kernel was not ready within {StartTimeout.TotalSeconds:0} s.");
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a cell and returns its outcome. <paramref name="show"/> receives its outputs, on several threads.</summary>
    /// <exception cref="KernelDiedException">The process ended while the cell ran.</exception>
    public async Task<WorkerReply> ExecuteAsync(string code, Action<WorkerReply> show, CancellationToken cancellation)
    {
        lock (errorText)
            errorText.Clear();

        sink = show;
        var fences = Task.WhenAll(standardOutput.Expect(fence), standardError.Expect(fence));
        channel.Send<WorkerRequest>(new WorkerRequest.Execute(code, fence));
        while (true)
        {
            var reply = await ReceiveAsync(cancellation);
            if (reply is not (WorkerReply.Succeeded or WorkerReply.Failed or WorkerReply.Interrupted))
            {
                show(reply);
                continue;
            }

            // If the cell closed its streams, the fence never arrives.
            await Task.WhenAny(fences, Task.Delay(FenceTimeout, cancellation));
            return reply;
        }
    }

    public void Interrupt() => channel.Send<WorkerRequest>(new WorkerRequest.Interrupt());

    public async ValueTask DisposeAsync()
    {
        End();
        channel.Dispose();
        // The next notebook takes measurements, so this one's memory and threads must be released first.
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(ExitTimeout));
        await Task.WhenAny(pumps, Task.Delay(FenceTimeout));
        process.Dispose();
    }

    private static Process Start(
        WorkerProgram program, string pipe, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program.FileName, [.. program.Arguments, "kernel", "worker", "--pipe", pipe])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;

        start.Environment[ProcessFamily.Variable] = pipe;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private async Task<WorkerReply> ReceiveAsync(CancellationToken cancellation) =>
        await channel.ReceiveAsync<WorkerReply>(cancellation) ?? throw await ExitErrorAsync();

    private async Task<KernelDiedException> ExitErrorAsync()
    {
        using var timeout = new CancellationTokenSource(FenceTimeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            // Its children may keep the streams open, but its own output has arrived by now.
            await Task.WhenAny(pumps, Task.Delay(FenceTimeout, CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            End();
            return new KernelDiedException("the kernel closed its channel and had to be stopped.");
        }

        lock (errorText)
            return new KernelDiedException(ExitReport.Of(process.ExitCode, errorText.ToString()));
    }

    private void OnError(string text)
    {
        lock (errorText)
        {
            // The beginning is the informative part: a stack overflow goes on for thousands of lines.
            errorText.Append(text.AsSpan(0, Math.Min(text.Length, MaximumErrorText - Math.Min(errorText.Length, MaximumErrorText))));
        }

        sink(new WorkerReply.Streamed(Error: true, text));
    }

    private void End() => ProcessFamily.End(process, mark);
}
