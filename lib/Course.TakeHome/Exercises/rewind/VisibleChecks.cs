namespace Course.TakeHome.Contracts;

/// <summary>A paged cache, compared with a plain list of numbers; and the rewind plan of a round.</summary>
internal sealed class RewindVisibleChecks : CheckSuite<ICacheRewind>
{
    public override string Exercise => "rewind";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check(
            "append and read", "What was computed once must be found again, whichever block it is in.",
            "Append and Read: position → block and slot.", AppendAndRead),
        Check(
            "blocks taken", "A block taken too early is a block that no other request can use.",
            "Append: a block is taken when an entry needs it.", Taken),
        Check(
            "rewind inside a block", "The most common rewind: one or two rejected draft tokens.",
            "Rewind: the new length decides what Read may see.", c => [0, 1, c.BlockSize - 1]),
        Check(
            "rewind across blocks", "Draft tokens span several blocks as soon as γ is large or blocks are small.",
            "Rewind: more than one block may become empty.", c => [c.BlockSize, c.BlockSize + 1, (2 * c.BlockSize) + 1, 3 * c.BlockSize]),
        Check("full rewind", "A request that starts over holds no memory.", "Rewind(Length).", c => [(3 * c.BlockSize) + 1]),
        Check(
            "blocks given back",
            "A block that is never returned is lost until the process ends; one that is returned too early is overwritten by another "
            + "request.",
            "Rewind: which blocks are empty.", GivenBack),
        Check(
            "written again", "Entries after the rewound length are stale, and must never be read again.",
            "Append after Rewind: where the next entry goes.", WrittenAgain),
        Check(
            "refusals", "A rewind that is too long is a bug of the caller. Half a rewind would be a second bug.",
            "Read and Rewind: what is checked before anything is changed.", Refusals),
        Check(
            "two caches", "Requests share the pool, and nothing else.", "Which fields are a cache's own, and which are static.", TwoCaches),
        .. RewindPlanChecks.All,
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>
    {
        ["block"] = $"{Block(variation)}",
        ["held"] = $"{(2 * Block(variation)) + 1}",
        ["back"] = $"{Block(variation)}",
        ["gamma"] = $"{variation.Between("gamma", 3, 6)}",
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        foreach (var size in new[] { 1, Block(variation), 16, 64 })
        {
            var pool = new BlockPool(512, size);
            var cache = ((ICacheRewind)answer).CreateCache(pool);
            for (var i = 0; i < 100; i++)
                cache.Append(i);
            cache.Rewind(3);
            var taken = (512 - pool.Free) * size;
            var unused = taken == 0 ? "no block was taken" : $"{Show.Rough(100.0 * (taken - cache.Length) / taken)} % of it unused";
            yield return $"blocks of {size}: {cache.Length} entries take up room for {taken}, {unused}";
        }
    }

    private static Check Check(string name, string why, string where, Func<BlockPool, int[]> counts) =>
        Check(name, why, where, (answer, variation) =>
        {
            foreach (var count in counts(new(1, Block(variation))))
            {
                var (cache, pool, entries) = Filled(answer, variation);
                cache.Rewind(count);
                RequireSame(cache, entries[..^count], $"After {entries.Count} entries and Rewind({count})");
            }
        });

    private static void AppendAndRead(ICacheRewind answer, Variation variation)
    {
        var (cache, _, entries) = Filled(answer, variation);
        RequireSame(cache, entries, $"After {entries.Count} entries in blocks of {Block(variation)}");
    }

    private static void Taken(ICacheRewind answer, Variation variation)
    {
        var pool = new BlockPool(8, Block(variation));
        var cache = answer.CreateCache(pool);
        for (var length = 0; length <= 3 * Block(variation); length++)
        {
            Demand.That(8 - pool.Free == BlocksFor(length, pool),
                $"{length} entries in blocks of {pool.BlockSize} need {BlocksFor(length, pool)} blocks; {8 - pool.Free} are taken.");
            cache.Append(length);
        }
    }

    private static void GivenBack(ICacheRewind answer, Variation variation)
    {
        var (cache, pool, entries) = Filled(answer, variation);
        for (var left = entries.Count; left >= 0; left--)
        {
            Demand.That(16 - pool.Free == BlocksFor(left, pool),
                $"After rewinding to {left} entries in blocks of {pool.BlockSize}, {16 - pool.Free} blocks are taken; "
                + $"{BlocksFor(left, pool)} are needed.");
            if (left > 0)
                cache.Rewind(1);
        }
    }

    private static void WrittenAgain(ICacheRewind answer, Variation variation)
    {
        var random = new Random(variation.SeedOf("again"));
        var (cache, pool, entries) = Filled(answer, variation);
        for (var step = 0; step < 200; step++)
        {
            var back = random.Next(Math.Min(entries.Count, 2 * pool.BlockSize) + 1);
            cache.Rewind(back);
            entries.RemoveRange(entries.Count - back, back);
            for (var more = random.Next(pool.BlockSize + 2); more > 0 && entries.Count < 12 * pool.BlockSize; more--)
            {
                entries.Add(random.NextDouble());
                cache.Append(entries[^1]);
            }
            RequireSame(cache, entries, $"After rewinding and appending {step + 1} times");
        }
    }

    private static void Refusals(ICacheRewind answer, Variation variation)
    {
        var (cache, _, entries) = Filled(answer, variation);
        Refused(() => cache.Rewind(entries.Count + 1), $"Rewind({entries.Count + 1}) of {entries.Count} entries");
        Refused(() => cache.Rewind(-1), "Rewind(-1)");
        RequireSame(cache, entries, "After rewinds that were refused");
        cache.Rewind(2);
        Refused(() => cache.Read(entries.Count - 2), "Reading an entry that was removed by a rewind");
        Refused(() => cache.Read(-1), "Read(-1)");
    }

    private static void TwoCaches(ICacheRewind answer, Variation variation)
    {
        var pool = new BlockPool(16, Block(variation));
        IPagedCache[] caches = [answer.CreateCache(pool), answer.CreateCache(pool)];
        for (var i = 0; i < 3 * pool.BlockSize; i++)
            foreach (var (index, cache) in caches.Index())
                cache.Append((1000 * index) + i);
        caches[0].Rewind(2 * pool.BlockSize);
        for (var i = 0; i < pool.BlockSize; i++)
            caches[1].Append(5000 + i);
        RequireSame(caches[0], [.. Enumerable.Range(0, pool.BlockSize)], "Beside another cache that grows, in the first one");
        RequireSame(
            caches[1],
            [
                .. Enumerable.Range(0, 3 * pool.BlockSize).Select(i => 1000.0 + i),
                .. Enumerable.Range(0, pool.BlockSize).Select(i => 5000.0 + i)
            ], "Beside another cache that was rewound, in the second one");
    }

    private static (IPagedCache Cache, BlockPool Pool, List<double> Entries) Filled(ICacheRewind answer, Variation variation)
    {
        var pool = new BlockPool(16, Block(variation));
        var random = new Random(variation.SeedOf("entries"));
        List<double> entries = [.. Enumerable.Range(0, (3 * pool.BlockSize) + 1).Select(_ => random.NextDouble())];
        var cache = answer.CreateCache(pool);
        foreach (var entry in entries)
            cache.Append(entry);
        return (cache, pool, entries);
    }

    private static void RequireSame(IPagedCache cache, List<double> entries, string when)
    {
        Demand.That(cache.Length == entries.Count, $"{when} the length is {cache.Length}; it should be {entries.Count}.");
        for (var position = 0; position < entries.Count; position++)
            Demand.That(cache.Read(position) == entries[position],
                $"{when} position {position} reads {Show.Number(cache.Read(position))}; " +
                $"{Show.Number(entries[position])} was written there.");
    }

    private static void Refused(Action action, string what)
    {
        try
        {
            action();
        }
        catch (ArgumentOutOfRangeException)
        {
            return;
        }
        throw new CheckFailedException($"{what} was not refused. Throw {nameof(ArgumentOutOfRangeException)} before anything is changed.");
    }

    private static int BlocksFor(int length, BlockPool pool) => (length + pool.BlockSize - 1) / pool.BlockSize;

    private static int Block(Variation variation) => variation.Between("block", 3, 7);
}
