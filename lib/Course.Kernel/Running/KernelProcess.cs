using System.Diagnostics;
using System.IO.Pipes;
using System.Text;

namespace Course.Kernel.Running;

/// <summary>A running worker, seen from the runner: one cell at a time goes in, what it shows comes out while it runs.</summary>
internal sealed class KernelProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FencePatience = TimeSpan.FromSeconds(2);
    private const int RememberedError = 1 << 20;

    // What the worker's meter lets pass in one message, with room for what is around it.
    private const long LongestMessage = 2 * OutputSize.CellLimit;

    private readonly Process process;
    private readonly string mark;
    private readonly LineChannel channel;
    private readonly FencedReader standardOutput;
    private readonly FencedReader standardError;
    private readonly Task pumps;
    private readonly StringBuilder said = new();
    private readonly string fence = $"{FencedReader.Begin}{Guid.NewGuid():N}{FencedReader.Begin}";
    private volatile Action<WorkerReply> sink = _ => { };

    private KernelProcess(Process process, string mark, Stream pipe)
    {
        this.process = process;
        this.mark = mark;
        channel = new LineChannel(pipe, LongestMessage);
        standardOutput = new FencedReader(process.StandardOutput, text => sink(new WorkerReply.Streamed(Error: false, text)));
        standardError = new FencedReader(process.StandardError, HearError);
        pumps = Task.WhenAll(standardOutput.PumpAsync(), standardError.PumpAsync());
    }

    /// <exception cref="KernelDiedException">It ended before it was ready.</exception>
    public static async Task<KernelProcess> StartAsync(
        WorkerProgram program, string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var name = $"course-{Guid.NewGuid():N}";
        var pipe = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var kernel = new KernelProcess(Start(program, name, folder, environment), name, pipe);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(StartPatience);
            var connected = pipe.WaitForConnectionAsync(patience.Token);
            if (await Task.WhenAny(connected, kernel.process.WaitForExitAsync(patience.Token)) != connected)
            {
                throw await kernel.DeathAsync();
            }

            await connected;
            return await kernel.ReceiveAsync(patience.Token) is WorkerReply.Ready ? kernel : throw await kernel.DeathAsync();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await kernel.DisposeAsync();
            throw new KernelDiedException($"the kernel was not ready within {StartPatience.TotalSeconds:0} s.");
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a cell and returns how it ended; <paramref name="show"/> receives its outputs, from several threads.</summary>
    /// <exception cref="KernelDiedException">The cell took its process along.</exception>
    public async Task<WorkerReply> ExecuteAsync(string code, Action<WorkerReply> show, CancellationToken cancellation)
    {
        lock (said)
        {
            said.Clear();
        }

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

            // A cell that closed its streams has no fence to wait for.
            await Task.WhenAny(fences, Task.Delay(FencePatience, cancellation));
            return reply;
        }
    }

    public void Interrupt() => channel.Send<WorkerRequest>(new WorkerRequest.Interrupt());

    public async ValueTask DisposeAsync()
    {
        End();
        channel.Dispose();
        // The next notebook measures: this one's memory and threads must be gone by then.
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(ExitPatience));
        await Task.WhenAny(pumps, Task.Delay(FencePatience));
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
        {
            start.Environment[variable] = value;
        }

        start.Environment[ProcessFamily.Variable] = pipe;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private async Task<WorkerReply> ReceiveAsync(CancellationToken cancellation) =>
        await channel.ReceiveAsync<WorkerReply>(cancellation) ?? throw await DeathAsync();

    private async Task<KernelDiedException> DeathAsync()
    {
        using var patience = new CancellationTokenSource(FencePatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            // Its children may hold the streams open; its own words are there by now.
            await Task.WhenAny(pumps, Task.Delay(FencePatience, CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            End();
            return new KernelDiedException("the kernel closed its channel and had to be stopped.");
        }

        lock (said)
        {
            return new KernelDiedException(Obituary.Of(process.ExitCode, said.ToString()));
        }
    }

    private void HearError(string text)
    {
        lock (said)
        {
            // The first words are the telling ones: a stack overflow goes on for thousands of lines.
            said.Append(text.AsSpan(0, Math.Min(text.Length, RememberedError - Math.Min(said.Length, RememberedError))));
        }

        sink(new WorkerReply.Streamed(Error: true, text));
    }

    private void End() => ProcessFamily.End(process, mark);
}
