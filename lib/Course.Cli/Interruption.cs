using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Course.Cli;

/// <summary>
/// How a verb ends before its time. The first Ctrl-C or termination signal cancels it and says so; it may tidy up for a moment,
/// and is ended then whatever it does. A second one ends it at once. A closed pipe is the same without a word.
/// Files are written beside and renamed, so none is left half.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>128 + the signal's number, as shells have it.</summary>
    public const int Interrupted = 130, Terminated = 143, PipeClosed = 141;

    /// <summary>
    /// Raised before a process is ended in the middle of its work: no finally is then run, and no event of the runtime raised.
    /// </summary>
    public static event Action? Leaving;

    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(0.8);

    private readonly CancellationTokenSource cancel = new(), over = new();
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock gate = new();
    private readonly TimeSpan grace;
    private readonly TextWriter says;
    private readonly Action<int> end;

    /// <param name="grace">Between the first signal and the end.</param>
    /// <param name="says">Is told that the verb stops.</param>
    /// <param name="end">Ends the process with an exit code.</param>
    internal Interruption(TimeSpan grace, TextWriter says, Action<int> end) => (this.grace, this.says, this.end) = (grace, says, end);

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => cancel.Token;

    /// <summary>What the process must end with; null while nothing has interrupted it.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Listens for the process, as the verb wants it.</summary>
    public static Interruption Listen(Command verb)
    {
        var serves = verb is VerbCommand { Serves: true };
        // A verb without a token cannot hear; there is nothing to wait for.
        var grace = verb is VerbCommand own ? own.Grace : verb.Action is SynchronousCommandLineAction ? TimeSpan.Zero : DefaultGrace;
        var interruption = new Interruption(grace, serves ? TextWriter.Null : Console.Error, Exit);
        interruption.On(PosixSignal.SIGTERM, Terminated);
        if (!serves)
        {
            interruption.On(PosixSignal.SIGINT, Interrupted);
            ClosedPipe.Watch(() => interruption.Hear(PipeClosed));
        }
        return interruption;
    }

    /// <summary>A signal, or a pipe that has closed.</summary>
    internal void Hear(int exitCode)
    {
        lock (gate)
        {
            if (over.IsCancellationRequested)
                return; // the verb has ended by itself
            if (ExitCode is { } first)
            {
                if (exitCode != PipeClosed) // Ctrl-C ends the reader of the pipe, too: that is no second one
                    end(first);
                return;
            }
            ExitCode = exitCode;
        }
        if (exitCode != PipeClosed)
            says.WriteLine(grace > TimeSpan.Zero ? "\nStopping; Ctrl-C once more ends it at once." : "\nStopped.");
        if (grace == TimeSpan.Zero)
        {
            end(exitCode);
            return;
        }
        _ = cancel.CancelAsync();
        _ = Task.Delay(grace, over.Token)
            .ContinueWith(_ => end(exitCode), over.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    public void Dispose()
    {
        over.Cancel();
        signals.ForEach(signal => signal.Dispose());
    }

    private void On(PosixSignal signal, int exitCode) => signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Hear(exitCode);
    }));

    private static void Exit(int exitCode)
    {
        Leaving?.Invoke();
        if (!Console.IsOutputRedirected)
            Console.Out.Write("\e[?25h"); // a live display hides the cursor
        if (!OperatingSystem.IsWindows() && ComputesNatively())
            ExitAtOnce(exitCode);
        Environment.Exit(exitCode);
    }

    /// <summary>
    /// Libtorch's threads crash when the usual way out takes down what they use, and the exit code is then that of the crash.
    /// </summary>
    private static bool ComputesNatively()
    {
        using var self = Process.GetCurrentProcess();
        return self.Modules.Cast<ProcessModule>().Any(module => module.ModuleName.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void ExitAtOnce(int exitCode);
}
