namespace Course.Kernel.Execution;

/// <summary>
/// The threads of one cell. The cell starts on the first; continuations of its awaits come back to an idle one, and
/// where all are busy (the cell blocks on its own task) to a new one, so that <c>.Result</c> cannot deadlock.
/// </summary>
internal sealed class CellThreads : SynchronizationContext
{
    /// <summary>Room for the compiler, which recurses as deeply as the code nests (see Nesting). Address space, not memory.</summary>
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(20);

    private readonly Queue<Action> work = [];
    private readonly List<Thread> threads = [];
    private readonly object gate = new();
    private int waiting;
    private bool closed;

    /// <summary>Runs the body to the end of its task, or returns as soon as the interrupt comes.</summary>
    /// <exception cref="OperationCanceledException">The interrupt came first.</exception>
    public async Task RunAsync(Func<Task> body, CancellationToken interrupt)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(
            () => body().ContinueWith(done.TrySetFromTask, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
        try
        {
            await done.Task.WaitAsync(interrupt).ConfigureAwait(false);
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Ends waits and sleeps until every thread has left the cell; running code ends by its stop checks.</summary>
    /// <returns>Whether all left in time: code that neither waits nor belongs to a cell cannot be stopped.</returns>
    public async Task<bool> LeaveAsync(TimeSpan patience)
    {
        for (var spent = TimeSpan.Zero; spent < patience; spent += Nudge)
        {
            if (!threads.Exists(t => t.IsAlive))
                return true;
            await Task.Delay(Nudge).ConfigureAwait(false);
            foreach (var thread in threads.Where(t => t.ThreadState.HasFlag(ThreadState.WaitSleepJoin)))
                thread.Interrupt();
        }
        return false;
    }

    public override void Post(SendOrPostCallback d, object? state) => Enqueue(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private void Enqueue(Action action)
    {
        lock (gate)
        {
            if (closed)
                ThreadPool.QueueUserWorkItem(_ => action());
            else
                Dispatch(action);
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
        var thread = new Thread(Work, StackBytes) { IsBackground = true, Name = "cell" };
        threads.Add(thread);
        thread.Start();
    }

    private void Work()
    {
        SetSynchronizationContext(this);
        try
        {
            while (Take() is { } action)
                action();
        }
        catch (Exception e) when (e is ThreadInterruptedException or OperationCanceledException)
        {
            // Stopped. Anything else that gets here is an async void method's: StrayExceptions shows it.
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

    private void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }
}
