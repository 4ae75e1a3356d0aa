using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Course.Cli;

/// <summary>
/// Ends a verb early. The first Ctrl-C or termination signal cancels it and prints a line; the verb has a short time to tidy up, and is
/// ended after that in any case. A second signal ends it at once. A closed pipe has the same effect, but prints nothing.
/// Files are written under a temporary name and renamed, so none is left incomplete.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Exit codes: 128 + the signal's number, as in shells.</summary>
    public const int Interrupted = 130, Terminated = 143, PipeClosed = 141;

    /// <summary>
    /// Raised before the process is ended in the middle of its work. After that, no finally block runs and the runtime raises no event.
    /// </summary>
    public static event Action? Leaving;

    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(0.8);

    private readonly CancellationTokenSource cancel = new(), over = new();
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock gate = new();
    private readonly TimeSpan grace;
    private readonly TextWriter says;
    private readonly Action<int> end;

    /// <param name="grace">The time between the first signal and the end.</param>
    /// <param name="says">Receives the line that the verb stops.</param>
    /// <param name="end">Ends the process with an exit code.</param>
    internal Interruption(TimeSpan grace, TextWriter says, Action<int> end) => (this.grace, this.says, this.end) = (grace, says, end);

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => cancel.Token;

    /// <summary>The exit code of the process; null while nothing has interrupted it.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Listens to the signals of the process, with the grace time of the verb.</summary>
    public static Interruption Listen(Command verb)
    {
        var serves = verb is VerbCommand { Serves: true };
        // A verb without a cancellation token cannot be cancelled, so there is nothing to wait for.
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

    /// <summary>Handles a signal or a closed pipe.</summary>
    internal void Hear(int exitCode)
    {
        lock (gate)
        {
            if (over.IsCancellationRequested)
                return; // the verb has ended by itself
            if (ExitCode is { } first)
            {
                if (exitCode != PipeClosed) // Ctrl-C also ends the reader of the pipe: that does not count as a second signal
                    end(first);
                return;
            }
            ExitCode = exitCode;
        }
        if (exitCode != PipeClosed)
            says.WriteLine(grace > TimeSpan.Zero ? "\nStopping; press Ctrl-C again to end it at once." : "\nStopped.");
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
    /// Whether libtorch is loaded. Its threads crash when the normal exit tears down what they use, and the exit code is then that of the
    /// crash.
    /// </summary>
    private static bool ComputesNatively()
    {
        using var self = Process.GetCurrentProcess();
        return self.Modules.Cast<ProcessModule>().Any(module => module.ModuleName.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void ExitAtOnce(int exitCode);
}
