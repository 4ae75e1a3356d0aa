using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// A caller and a few persistent helpers who take the chunks of a job one by one, each from a share of its own and then from
/// others'. Whoever is descheduled holds up the one chunk that it took and no other; the caller alone would finish too. Helpers
/// wait for the next job by spinning for some tens of microseconds, about as long as a step takes between two jobs, and then sleep.
/// Running a job allocates nothing.
/// </summary>
internal sealed class KernelThreads : IDisposable
{
    private static readonly long Patience = Stopwatch.Frequency * 40 / 1_000_000; // ticks of spinning before sleep

    private static readonly Lazy<KernelThreads> Everyones = new(() => new(ThreadCount.Current()));

    private readonly Lock turn = new();
    private readonly Helper[] helpers;
    private readonly ChunkShares shares;
    private Board board;
    private KernelJob? job;

    /// <param name="count">The caller included.</param>
    public KernelThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        shares = new(count);
        helpers = new Helper[count - 1];
        for (var i = 0; i < helpers.Length; i++)
            helpers[i] = new(this, i + 1);
    }

    /// <summary>One team for a process: two would fight for the cores.</summary>
    public static KernelThreads Shared => Everyones.Value;

    /// <summary>How many work on a job at most, the caller included.</summary>
    public int Count => helpers.Length + 1;

    /// <summary>Runs all chunks and returns when they are done. One job at a time: a second caller waits for its turn.</summary>
    public void Run(KernelJob work, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ChunkShares.MostChunks);
        lock (turn)
        {
            if (helpers.Length == 0 || count <= 1)
            {
                for (var chunk = 0; chunk < count; chunk++)
                    work.Run(chunk, 0);
                return;
            }

            Publish(work, count);
            TakeChunks(board.Job, 0);
            // The chunks that are left are in others' hands. Yielding lets them run where there are fewer cores than threads.
            var wait = new SpinWait();
            while (Volatile.Read(ref board.Unfinished) > 0)
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
        Volatile.Write(ref board.Unfinished, count);
        shares.Deal(board.Job + 1, count);
        // A full barrier: a helper who went to sleep before this is seen asleep below.
        Interlocked.Increment(ref board.Job);
        foreach (var helper in helpers)
            helper.Wake();
    }

    private void TakeChunks(uint number, int thread)
    {
        for (var chunk = shares.Take(number, thread); chunk >= 0; chunk = shares.Take(number, thread))
        {
            job!.Run(chunk, thread); // with a chunk in hand, the job cannot end and this cannot change
            Interlocked.Decrement(ref board.Unfinished);
        }
    }

    /// <summary>What all threads write, each on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Board
    {
        /// <summary>The number of the latest job.</summary>
        [FieldOffset(64)]
        public uint Job;

        /// <summary>How many chunks are not done.</summary>
        [FieldOffset(192)]
        public int Unfinished;
    }

    private sealed class Helper : IDisposable
    {
        private readonly KernelThreads team;
        private readonly int number;
        private readonly SemaphoreSlim bell = new(0);
        private int asleep;
        private volatile bool stopping;

        public Helper(KernelThreads team, int number)
        {
            (this.team, this.number) = (team, number);
            new Thread(Work) { IsBackground = true, Name = $"kernel {number}" }.Start();
        }

        /// <summary>Rings only for a sleeper, and once.</summary>
        public void Wake()
        {
            if (Interlocked.Exchange(ref asleep, 0) == 1)
                bell.Release();
        }

        /// <summary>It leaves when it next looks, and takes its bell along.</summary>
        public void Dispose()
        {
            stopping = true;
            Wake();
        }

        private void Work()
        {
            for (var last = 0u; !stopping;)
            {
                var number = Volatile.Read(ref team.board.Job);
                if (number == last)
                {
                    Await(last);
                    continue;
                }

                last = number;
                team.TakeChunks(number, this.number);
            }

            bell.Dispose();
        }

        private void Await(uint seen)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() - start < Patience)
            {
                for (var i = 0; i < 32; i++)
                {
                    if (Volatile.Read(ref team.board.Job) != seen)
                        return;
                    Thread.SpinWait(1);
                }
            }

            Interlocked.Exchange(ref asleep, 1);
            // A job that came before the flag was up rang no bell.
            if ((Volatile.Read(ref team.board.Job) != seen || stopping) && Interlocked.Exchange(ref asleep, 0) == 1)
                return;
            bell.Wait();
        }
    }
}
