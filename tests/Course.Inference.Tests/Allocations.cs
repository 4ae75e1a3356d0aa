namespace Course.Inference.Tests;

/// <summary>
/// Holds code to allocating nothing on the managed heap. What allocates does so in every round; the runtime too allocates now and then, on
/// whichever thread is there: when its tables of casts grow, a few hundred bytes, once.
/// </summary>
internal static class Allocations
{
    private const int Rounds = 3;

    /// <param name="count">Calls in a round: many more than the runtime's few hundred bytes.</param>
    /// <param name="call">What must not allocate.</param>
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
