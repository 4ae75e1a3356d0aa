using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// A caller and a few persistent helpers who take the chunks of a job one by one. Whoever is descheduled holds up the one chunk that it
/// took and no other; the caller alone would finish too. Helpers wait for the next job by spinning for some tens of microseconds,
/// about as long as a step takes between two jobs, and then sleep. Running a job allocates nothing.
/// </summary>
internal sealed class KernelThreads : IDisposable
{
    private static readonly long Patience = Stopwatch.Frequency * 40 / 1_000_000; // ticks of spinning before sleep

    private static readonly Lazy<KernelThreads> Everyones = new(() => new(ThreadCount.Current()));

    private readonly Lock turn = new();
    private readonly Helper[] helpers;
    private Board board;
    private KernelJob? job;
    private int chunks;

    /// <param name="count">The caller included.</param>
    public KernelThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
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
        lock (turn)
        {
            if (helpers.Length == 0 || count <= 1)
            {
                for (var chunk = 0; chunk < count; chunk++)
                    work.Run(chunk, 0);
                return;
            }

            Publish(work, count);
            TakeChunks(Volatile.Read(ref board.Open), 0);
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
        (job, chunks) = (work, count);
        Volatile.Write(ref board.Unfinished, count);
        var number = (board.Open >> 32) + 1;
        Interlocked.Exchange(ref board.Open, (number << 32) | (uint)count);
        foreach (var helper in helpers)
            helper.Wake();
    }

    /// <summary>
    /// Takes chunks of the job that was open when <paramref name="seen"/> was read. The job's number and what is left of it change together,
    /// so a helper that slept through the end of a job cannot take a chunk of the next one for one of this.
    /// </summary>
    private void TakeChunks(long seen, int thread)
    {
        var number = seen >> 32;
        while (true)
        {
            var left = (int)seen;
            if (seen >> 32 != number || left == 0)
                return;
            var found = Interlocked.CompareExchange(ref board.Open, seen - 1, seen);
            if (found == seen)
            {
                job!.Run(chunks - left, thread); // with a chunk in hand, the job cannot end and these cannot change
                Interlocked.Decrement(ref board.Unfinished);
                found = Volatile.Read(ref board.Open);
            }

            seen = found;
        }
    }

    /// <summary>What all threads write, each on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Board
    {
        /// <summary>The job's number in the upper half, how many of its chunks nobody has taken yet in the lower.</summary>
        [FieldOffset(64)]
        public long Open;

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
            for (var last = 0L; !stopping;)
            {
                var open = Volatile.Read(ref team.board.Open);
                if (open >> 32 == last || (int)open == 0)
                {
                    Await(open);
                    continue;
                }

                last = open >> 32;
                team.TakeChunks(open, number);
            }

            bell.Dispose();
        }

        private void Await(long seen)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() - start < Patience)
            {
                for (var i = 0; i < 32; i++)
                {
                    if (Volatile.Read(ref team.board.Open) != seen)
                        return;
                    Thread.SpinWait(1);
                }
            }

            Interlocked.Exchange(ref asleep, 1);
            // A job that came before the flag was up rang no bell.
            if ((Volatile.Read(ref team.board.Open) != seen || stopping) && Interlocked.Exchange(ref asleep, 0) == 1)
                return;
            bell.Wait();
        }
    }
}
