using System.Diagnostics;
using System.Text;

namespace Course.TakeHome.Sandboxing;

/// <summary>Watches a process and its descendants, and ends all of them when the process ends or exceeds a limit.</summary>
internal static class Supervisor
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan ExitWait = TimeSpan.FromSeconds(2);

    public static SandboxResult Run(ProcessStartInfo start, SandboxCommand command, CancellationToken cancel)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            return command.Talk is { } talk ? Talk(process, command, talk, watch, cancel) : Run(process, command, watch, cancel);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static SandboxResult Run(Process process, SandboxCommand command, Stopwatch watch, CancellationToken cancel)
    {
        var output = ReadAsync(process.StandardOutput.BaseStream, command.Limits.OutputBytes);
        var errors = ReadAsync(process.StandardError.BaseStream, command.Limits.OutputBytes);
        _ = WriteAsync(process.StandardInput.BaseStream, command.Input);
        var end = Watch(process, command.Limits, watch, () => output.IsFaulted || errors.IsFaulted, () => false, cancel);
        process.Kill(entireProcessTree: true); // the end of bubblewrap ends its namespace with all processes in it
        process.WaitForExit();
        end = HasEnded(output) && HasEnded(errors) || end != SandboxEnd.Exited ? end : SandboxEnd.Output;
        return new(end, process.ExitCode, Taken(output), Encoding.UTF8.GetString(Taken(errors)), watch.Elapsed.TotalSeconds);
    }

    private static SandboxResult Talk(
        Process process, SandboxCommand command, Func<SandboxConversation, bool> talk, Stopwatch watch, CancellationToken cancel)
    {
        var errors = ReadAsync(process.StandardError.BaseStream, command.Limits.OutputBytes);
        var output = process.StandardOutput.BaseStream;
        var conversation = new SandboxConversation(
            output, process.StandardInput.BaseStream, () => ProcessTree.Of(process.Id), () => ProcessTree.IsRunning(process.Id),
            () => PipeEnd.HasBytes(output));
        var talking = Task.Factory.StartNew(
            () => talk(conversation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var end = SandboxEnd.Exited;
        try
        {
            end = Watch(process, command.Limits, watch, () => errors.IsFaulted, () => talking.IsCompleted, cancel);
        }
        finally
        {
            // A process that ends by itself gets time to exit, so that its exit code is known.
            if (talking.IsCompletedSuccessfully && talking.Result)
                process.WaitForExit(ExitWait);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        talking.GetAwaiter().GetResult(); // its streams have ended, so it ends, too
        _ = HasEnded(errors);
        return new(end, process.ExitCode, default, Encoding.UTF8.GetString(Taken(errors)), watch.Elapsed.TotalSeconds);
    }

    private static SandboxEnd Watch(
        Process process, SandboxLimits limits, Stopwatch watch, Func<bool> flooded, Func<bool> done, CancellationToken cancel)
    {
        while (!process.WaitForExit(PollInterval) && !done())
        {
            cancel.ThrowIfCancellationRequested();
            var use = ProcessTree.Of(process.Id);
            if (flooded())
                return SandboxEnd.Output;
            if (watch.Elapsed > limits.Wall)
                return SandboxEnd.WallTime;
            if (use.Cpu > limits.Cpu)
                return SandboxEnd.CpuTime;
            if (use.MemoryBytes > limits.MemoryBytes)
                return SandboxEnd.Memory;
            if (use.Threads > 4 * limits.Processes)
                return SandboxEnd.Processes; // in case the kernel's own limit does not apply
        }
        return SandboxEnd.Exited;
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using (stream)
                await stream.WriteAsync(input).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The process ended before it read all its input.
        }
    }

    private sealed class Flood(byte[] taken) : Exception
    {
        public byte[] Taken => taken;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int limit)
    {
        using var taken = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            taken.Write(buffer, 0, Math.Min(count, limit - (int)taken.Length));
            if (taken.Length == limit)
                throw new Flood(taken.ToArray());
        }
        return taken.ToArray();
    }

    /// <summary>Whether a stream has ended without a flood. Waits a moment for a pipe that some process still holds open.</summary>
    private static bool HasEnded(Task<byte[]> stream)
    {
        _ = Task.WhenAny(stream, Task.Delay(TimeSpan.FromSeconds(2))).Result;
        return stream.IsCompletedSuccessfully;
    }

    private static byte[] Taken(Task<byte[]> stream) =>
        stream.IsCompletedSuccessfully ? stream.Result : (stream.Exception?.InnerException as Flood)?.Taken ?? [];
}
