namespace Course.Inference.Kernels;

/// <summary>
/// Work in independent chunks, for <see cref="KernelThreads"/>. A job is created once and run often, so that running it allocates nothing.
/// </summary>
internal abstract class KernelJob
{
    /// <summary>Runs one chunk. Chunks run in any order, on any thread, several at a time; none may throw.</summary>
    /// <param name="chunk">0 ≤ chunk &lt; number of chunks.</param>
    /// <param name="thread">0 ≤ thread &lt; <see cref="KernelThreads.Count"/>: selects the scratch memory to use.</param>
    public abstract void Run(int chunk, int thread);
}
