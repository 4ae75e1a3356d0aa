namespace Course.Kernel.Execution;

/// <summary>
/// The threads of one cell. The cell starts on the first. Continuations of its awaits run on an idle thread, or on a new one if all are
/// blocked (the cell waits for its own task), so <c>.Result</c> cannot deadlock.
/// </summary>
internal sealed class CellThreads : SynchronizationContext
{
    /// <summary>
    /// The stack size, large enough for the compiler, which recurses as deeply as the code nests (see Nesting). It
    /// reserves only address space.
    /// </summary>
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(20);

    private readonly Queue<Action> work = [];
    private readonly List<Thread> threads = [];
    private readonly object gate = new();
    private int waiting;
    private bool closed;

    /// <summary>Runs the body until its task ends, or returns as soon as the interrupt comes.</summary>
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

    /// <summary>Interrupts waits and sleeps until every thread has left the cell. Running code ends at its stop checks.</summary>
    /// <returns>Whether all threads left in time. Code outside cells cannot be stopped unless it waits.</returns>
    public async Task<bool> LeaveAsync(TimeSpan timeout)
    {
        for (var spent = TimeSpan.Zero; spent < timeout; spent += Nudge)
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
            // The cell was stopped. Any other exception comes from an async void method, and StrayExceptions shows it.
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
