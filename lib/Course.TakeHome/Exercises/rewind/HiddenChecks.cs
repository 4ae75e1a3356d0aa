using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>Unusual block sizes, a pool without free blocks, and drafts longer than the visible checks try.</summary>
internal sealed class RewindHiddenChecks : CheckSuite<ICacheRewind>
{
    public override string Exercise => "rewind";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("many sizes", "Blocks of one entry, and blocks longer than the text.", "position → block and slot", (answer, variation) =>
        {
            foreach (var size in new[] { 1, 2, 64 })
                Walk(answer, size, variation.SeedOf($"walk {size}"));
        }),
        Check("a full pool", "When no block is free, the entries of a cache must stay readable.", "Append, if Take throws", FullPool),
        Check("long drafts", "γ is the caller's.", "AfterRound", LongDrafts),
    ];

    private static void Walk(ICacheRewind answer, int size, int seed)
    {
        var random = new Random(seed);
        var pool = new BlockPool(400, size);
        var cache = answer.CreateCache(pool);
        List<double> entries = [];
        for (var step = 0; step < 400; step++)
        {
            for (var more = random.Next(9); more > 0 && entries.Count < 300; more--)
            {
                entries.Add(random.NextDouble());
                cache.Append(entries[^1]);
            }
            var back = random.Next(Math.Min(entries.Count, 8) + 1);
            cache.Rewind(back);
            entries.RemoveRange(entries.Count - back, back);
            Demand.That(cache.Length == entries.Count, $"Blocks of {size}: the length is {cache.Length} instead of {entries.Count}.");
            Demand.That(400 - pool.Free == (entries.Count + size - 1) / size,
                $"Blocks of {size}: {400 - pool.Free} blocks are taken for {entries.Count} entries.");
            for (var position = 0; position < entries.Count; position++)
                Demand.That(cache.Read(position) == entries[position],
                    $"Blocks of {size}: position {position} of {entries.Count} does not read what was written.");
            RequireInBlocks(pool, entries);
        }
    }

    /// <summary>
    /// Demands that every entry is in some taken block, wherever it is there: an answer could take blocks and keep the entries elsewhere.
    /// </summary>
    private static void RequireInBlocks(BlockPool pool, List<double> entries)
    {
        var held = pool.Held().ToHashSet();
        var outside = entries.Count(entry => !held.Contains(entry));
        Demand.That(
            outside == 0,
            $"Blocks of {pool.BlockSize}: {outside} of {entries.Count} entries are in no block that is held. "
            + "Memory outside the pool is memory that no limit counts.");
    }

    private static void FullPool(ICacheRewind answer, Variation variation)
    {
        var cache = answer.CreateCache(new(2, 3));
        for (var i = 0; i < 6; i++)
            cache.Append(i);
        try
        {
            cache.Append(6);
            throw new CheckFailedException("A seventh entry was stored in two blocks of three.");
        }
        catch (CourseException)
        {
        }
        Demand.That(cache.Length == 6 && cache.Read(5) == 5,
            $"After an append that found no free block the cache has {cache.Length} entries instead of 6, or the last one is lost.");
        cache.Rewind(4);
        cache.Append(9);
        Demand.That(cache.Length == 3 && cache.Read(2) == 9,
            "After an append that found no free block and a rewind, the next entry was not found.");
    }

    private static void LongDrafts(ICacheRewind answer, Variation variation)
    {
        Demand.That(answer.AfterRound(32, 32) == new RewindPlan(0, 0, 1), "AfterRound(32, 32)");
        Demand.That(answer.AfterRound(32, 31) == new RewindPlan(1, 0, 0), "AfterRound(32, 31)");
        Demand.That(answer.AfterRound(32, 0) == new RewindPlan(32, 31, 0), "AfterRound(32, 0)");
    }
}
