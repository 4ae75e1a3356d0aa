using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// The calling thread and a few persistent helper threads, which take the chunks of a job one by one, each from its own share and then
/// from the others'. A descheduled thread delays only the one chunk that it has taken; the caller alone would finish the job too. Helpers
/// wait for the next job by spinning for some tens of microseconds, about the time between two jobs of a decode step, and then sleep.
/// Running a job allocates nothing.
/// </summary>
internal sealed class KernelThreads : IDisposable
{
    private static readonly long SpinTicks = Stopwatch.Frequency * 40 / 1_000_000; // 40 µs of spinning before sleep

    private static readonly Lazy<KernelThreads> OfProcess = new(() => new(ThreadCount.Current()));

    private readonly Lock oneJob = new();
    private readonly Helper[] helpers;
    private readonly ChunkShares shares;
    private Progress progress;
    private KernelJob? job;

    /// <param name="count">Number of threads, the caller included.</param>
    public KernelThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        shares = new(count);
        helpers = new Helper[count - 1];
        for (var i = 0; i < helpers.Length; i++)
            helpers[i] = new(this, i + 1);
    }

    /// <summary>The threads of this process: two sets of them would compete for the cores.</summary>
    public static KernelThreads Shared => OfProcess.Value;

    /// <summary>The most threads that work on a job, the caller included.</summary>
    public int Count => helpers.Length + 1;

    /// <summary>Runs all chunks and returns when they are done. Jobs run one at a time: a second caller waits.</summary>
    public void Run(KernelJob work, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ChunkShares.MostChunks);
        lock (oneJob)
        {
            if (helpers.Length == 0 || count <= 1)
            {
                for (var chunk = 0; chunk < count; chunk++)
                    work.Run(chunk, 0);
                return;
            }

            Publish(work, count);
            TakeChunks(progress.Job, 0);
            // Other threads hold the remaining chunks. Yielding lets them run if there are fewer cores than threads.
            var wait = new SpinWait();
            while (Volatile.Read(ref progress.Unfinished) > 0)
                wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void Dispose()
    {
        foreach (var helper in helpers)
            helper.Dispose();
    }

    private void Publish(KernelJob work, int count)
    {
        job = work;
        Volatile.Write(ref progress.Unfinished, count);
        shares.Deal(progress.Job + 1, count);
        // A full barrier: a helper that went to sleep before this is seen asleep below.
        Interlocked.Increment(ref progress.Job);
        foreach (var helper in helpers)
            helper.Wake();
    }

    private void TakeChunks(uint number, int thread)
    {
        for (var chunk = shares.Take(number, thread); chunk >= 0; chunk = shares.Take(number, thread))
        {
            job!.Run(chunk, thread); // while this thread holds a chunk, the job cannot end, so the field cannot change
            Interlocked.Decrement(ref progress.Unfinished);
        }
    }

    /// <summary>The fields that all threads write, each on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Progress
    {
        /// <summary>The number of the latest job.</summary>
        [FieldOffset(64)]
        public uint Job;

        /// <summary>Chunks that are not done.</summary>
        [FieldOffset(192)]
        public int Unfinished;
    }

    private sealed class Helper : IDisposable
    {
        private readonly KernelThreads team;
        private readonly int number;
        private readonly SemaphoreSlim wakeUp = new(0);
        private int asleep;
        private volatile bool stopping;

        public Helper(KernelThreads team, int number)
        {
            (this.team, this.number) = (team, number);
            new Thread(Work) { IsBackground = true, Name = $"kernel {number}" }.Start();
        }

        /// <summary>Wakes the helper if it sleeps, and only once.</summary>
        public void Wake()
        {
            if (Interlocked.Exchange(ref asleep, 0) == 1)
                wakeUp.Release();
        }

        /// <summary>Asks the thread to end. It does so when it next looks for work, and then disposes of the semaphore.</summary>
        public void Dispose()
        {
            stopping = true;
            Wake();
        }

        private void Work()
        {
            for (var last = 0u; !stopping;)
            {
                var number = Volatile.Read(ref team.progress.Job);
                if (number == last)
                {
                    Await(last);
                    continue;
                }

                last = number;
                team.TakeChunks(number, this.number);
            }

            wakeUp.Dispose();
        }

        private void Await(uint seen)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() - start < SpinTicks)
            {
                for (var i = 0; i < 32; i++)
                {
                    if (Volatile.Read(ref team.progress.Job) != seen)
                        return;
                    Thread.SpinWait(1);
                }
            }

            Interlocked.Exchange(ref asleep, 1);
            // A job that was published before the flag was set woke nobody.
            if ((Volatile.Read(ref team.progress.Job) != seen || stopping) && Interlocked.Exchange(ref asleep, 0) == 1)
                return;
            wakeUp.Wait();
        }
    }
}
