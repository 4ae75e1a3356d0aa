using System.Runtime;

namespace Course.Kernel.Execution;

/// <summary>
/// The threads of one cell. The cell starts on the first; continuations of its awaits come back to an idle one, and
/// where all are busy (the cell blocks on its own task) to a new one, so that <c>.Result</c> cannot deadlock.
/// All run under <see cref="ControlledExecution"/>, which is what lets an interrupt stop <c>while (true) {}</c>.
/// </summary>
internal sealed class CellThreads(CancellationToken abort) : SynchronizationContext
{
    private readonly Queue<Action> work = [];
    private readonly List<Task> threads = [];
    private readonly object gate = new();
    private int waiting;
    private bool closed;

    /// <summary>Runs the body to the end of its task. After an abort it returns once every thread has left the cell.</summary>
    /// <exception cref="OperationCanceledException">The abort came first.</exception>
    public async Task RunAsync(Func<Task> body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = abort.Register(() => done.TrySetCanceled(abort));
        Enqueue(() => Relay(body(), done));
        try
        {
            await done.Task.ConfigureAwait(false);
        }
        finally
        {
            var left = Close();
            if (abort.IsCancellationRequested)
                await left.ConfigureAwait(false);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => Enqueue(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private static void Relay(Task task, TaskCompletionSource done) =>
        task.ContinueWith(done.TrySetFromTask, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private void Enqueue(Action action)
    {
        // In a finally, where no abort strikes: a half-made entry would break the queue.
        try
        {
        }
        finally
        {
            lock (gate)
            {
                if (closed)
                    ThreadPool.QueueUserWorkItem(_ => action());
                else
                    Dispatch(action);
            }
        }
    }

    private void Dispatch(Action action)
    {
        work.Enqueue(action);
        if (waiting >= work.Count)
            Monitor.Pulse(gate);
        else
            StartThread();
    }

    private void StartThread()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        threads.Add(ended.Task);
        new Thread(() => Work(ended)) { IsBackground = true, Name = "cell" }.Start();
    }

    private void Work(TaskCompletionSource ended)
    {
        SetSynchronizationContext(this);
        try
        {
#pragma warning disable SYSLIB0046 // The one API that stops code that never asks; its abort spares finally blocks and static constructors.
            ControlledExecution.Run(Drain, abort);
#pragma warning restore SYSLIB0046
        }
        catch (OperationCanceledException)
        {
            // Interrupted: RunAsync tells.
        }
        finally
        {
            ended.SetResult();
        }
    }

    private void Drain()
    {
        while (Take() is { } action)
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is not ThreadAbortException)
            {
                // An async void method of the cell threw: nobody awaits it, and it must not end the process.
                Console.Error.WriteLine($"Unhandled in the cell's background: {e}");
            }
        }
    }

    private Action? Take()
    {
        lock (gate)
        {
            while (work.Count == 0 && !closed)
            {
                waiting++;
                Monitor.Wait(gate);
                waiting--;
            }
            return work.TryDequeue(out var action) ? action : null;
        }
    }

    private Task Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
            return Task.WhenAll(threads);
        }
    }
}
