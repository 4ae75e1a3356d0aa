namespace Course.Inference.Tests;

/// <summary>
/// Checks that code allocates nothing on the managed heap. Code that allocates does so in every round. The runtime itself also allocates
/// now and then, on any thread: a few hundred bytes once, when its tables of casts grow.
/// </summary>
internal static class Allocations
{
    private const int Rounds = 3;

    /// <param name="count">Calls in a round: so many that one object per call exceeds the runtime's few hundred bytes.</param>
    /// <param name="call">The code that must not allocate.</param>
    public static void RequireNone(int count, Action<int> call)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Bytes(count, call)).ToArray();
        Assert.Contains(0, rounds);
        Assert.All(rounds, bytes => Assert.InRange(bytes, 0, count)); // less than a byte a call
    }

    private static long Bytes(int count, Action<int> call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
            call(i);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
