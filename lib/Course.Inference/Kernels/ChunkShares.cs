using System.Runtime.InteropServices;

namespace Course.Inference.Kernels;

/// <summary>
/// Deals out the chunks of a job. Each thread takes its own share from the front, in the order of the weights in memory, so that what it
/// prefetches is for itself. A thread that has finished its share takes chunks from the back of the others' shares (work stealing).
/// </summary>
internal sealed class ChunkShares(int threads)
{
    /// <summary>The most chunks a job can have.</summary>
    public const int MostChunks = ushort.MaxValue;

    private readonly Share[] shares = new Share[threads];

    /// <summary>Deals out a new job. No chunk of the job before may be left.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="chunks">Chunks in the job, at most <see cref="MostChunks"/>.</param>
    public void Deal(uint job, int chunks)
    {
        for (var i = 0; i < threads; i++)
            Volatile.Write(ref shares[i].Word, Pack(job, chunks * i / threads, chunks * (i + 1) / threads));
    }

    /// <summary>Takes a chunk that no other thread has taken; −1 if none is left of this job.</summary>
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

    // The job's number and its remaining chunks change together (against the ABA problem): a thread that slept through the end of a job
    // cannot mistake a chunk of the next job for one of this.
    private static bool Left(long word, uint job) => (uint)(word >> 32) == job && ((word >> 16) & MostChunks) < (word & MostChunks);

    private static long Pack(uint job, int from, int to) => ((long)job << 32) | ((long)from << 16) | (uint)to;

    /// <summary>Occupies a cache line of its own and the neighbouring line, which processors fetch along with it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Share
    {
        /// <summary>32 bits: the job's number; 16: the first chunk that is left; 16: the one after the last.</summary>
        [FieldOffset(64)]
        public long Word;
    }
}
