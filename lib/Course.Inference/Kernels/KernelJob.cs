namespace Course.Inference.Kernels;

/// <summary>
/// Work in independent chunks, for <see cref="KernelThreads"/>. Made once and run often, so that handing it out allocates nothing.
/// </summary>
internal abstract class KernelJob
{
    /// <summary>Does one chunk. Chunks run in any order, on any thread, several at a time; none may throw.</summary>
    /// <param name="chunk">From 0 to below the number of chunks.</param>
    /// <param name="thread">From 0 to below <see cref="KernelThreads.Count"/>: whose scratch memory to use.</param>
    public abstract void Run(int chunk, int thread);
}
