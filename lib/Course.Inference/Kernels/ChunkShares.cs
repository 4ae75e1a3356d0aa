using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// A job's chunks, dealt out: each thread takes its own share from the front, chunk after chunk as weights lie in memory, so that what it
/// asked of memory ahead of time is its own; whoever is done takes from the back of what others have left.
/// </summary>
internal sealed class ChunkShares(int threads)
{
    /// <summary>The most chunks a job can have.</summary>
    public const int MostChunks = ushort.MaxValue;

    private readonly Share[] shares = new Share[threads];

    /// <summary>Only when nothing is left of the job before.</summary>
    public void Deal(uint job, int chunks)
    {
        for (var i = 0; i < threads; i++)
            Volatile.Write(ref shares[i].Word, Pack(job, chunks * i / threads, chunks * (i + 1) / threads));
    }

    /// <summary>A chunk that is nobody else's, or −1 when none is left of this job.</summary>
    public int Take(uint job, int thread)
    {
        for (var i = 0; i < threads; i++)
        {
            ref var word = ref shares[(thread + i) % threads].Word;
            for (var seen = Volatile.Read(ref word); Left(seen, job);)
            {
                var (from, to) = ((int)(seen >> 16) & MostChunks, (int)seen & MostChunks);
                var rest = i == 0 ? Pack(job, from + 1, to) : Pack(job, from, to - 1);
                var found = Interlocked.CompareExchange(ref word, rest, seen);
                if (found == seen)
                    return i == 0 ? from : to - 1;
                seen = found;
            }
        }

        return -1;
    }

    // The job's number and what is left of it change together: whoever slept through the end of a job cannot take a chunk of the
    // next one for one of this.
    private static bool Left(long word, uint job) => (uint)(word >> 32) == job && ((word >> 16) & MostChunks) < (word & MostChunks);

    private static long Pack(uint job, int from, int to) => ((long)job << 32) | ((long)from << 16) | (uint)to;

    /// <summary>On a cache line of its own, and its neighbour that processors fetch along with it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Share
    {
        /// <summary>The job's number, then the first chunk that is left, then the one after the last.</summary>
        [FieldOffset(64)]
        public long Word;
    }
}
