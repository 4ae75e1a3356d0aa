namespace Course.TakeHome.Exercises;

internal sealed class RewindBugs : BugFolder
{
    private const string Until = "while (blocks.Count * pool.BlockSize >= Length + pool.BlockSize)";

    public override string Exercise => "rewind";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "always-the-first-block", "append and read", "Reads from the first block whatever the position.",
            "return pool[blocks[position / pool.BlockSize]", "return pool[blocks[0]"),
        new(
            "block-too-early", "blocks taken", "Takes a block before anything needs it.", "if (Length == blocks.Count * pool.BlockSize)",
            "if (Length + 1 >= blocks.Count * pool.BlockSize)"),
        new("no-op", "rewind inside a block", "Rewinds nothing.", "Length -= count;", ""),
        new(
            "one-too-many", "rewind inside a block", "Removes one entry too many.", "Length -= count;",
            "Length -= Math.Min(Length, count + 1);"),
        new(
            "stops-at-the-block", "rewind across blocks", "Rewinds no further than the beginning of the block.", "Length -= count;",
            "Length -= Math.Min(count, (Length - 1) % pool.BlockSize + 1);"),
        new("keeps-one", "full rewind", "Never removes the first entry.", "Length -= count;", "Length = Math.Max(1, Length - count);"),
        new("never-gives-back", "blocks given back", "Shortens the length and returns no blocks.", Until, "while (false)"),
        new(
            "gives-back-one", "blocks given back", "Returns at most one block, however far it rewinds.", Until,
            "if (blocks.Count * pool.BlockSize >= Length + pool.BlockSize + (Length == 0 ? pool.BlockSize : 0))"),
        new("shows-what-was-there", "written again", "Does not overwrite a slot that was written before.",
            "Length % pool.BlockSize] = entry;",
            "Length % pool.BlockSize] = Length % pool.BlockSize > 0 && pool[blocks[Length / pool.BlockSize], Length % pool.BlockSize] is " +
            "> 0 and var old ? old : entry;"),
        new(
            "rewinds-what-is-there", "refusals", "Treats a rewind that is too long as a full one.",
            "ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);", "count = Math.Min(count, Length);"),
        new(
            "reads-what-was-rewound", "refusals", "Reads any slot of its blocks.",
            "ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Length);",
            "if (position / pool.BlockSize >= blocks.Count) throw new ArgumentOutOfRangeException(nameof(position));"),
        new("one-list-for-all", "two caches", "Shares the list of blocks between caches of a pool.",
            "private readonly List<int> blocks = [];",
            "private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<BlockPool, List<int>> all = new();\n    " +
            "private readonly List<int> blocks = all.GetOrCreateValue(pool);"),
        new(
            "target-one-more", "plan: a rejection", "Rewinds the target by rejected + 1.", "int target = guesses - accepted;",
            "int target = accepted == guesses ? 0 : guesses - accepted + 1;"),
        new(
            "draft-like-target", "plan: a rejection", "Rewinds the draft as far as the target, though it was fed one token less.",
            "Math.Max(0, guesses - 1 - accepted)", "guesses - accepted"),
        new(
            "draft-owes-nothing", "plan: all accepted", "Forgets that the draft was never fed its own last token.",
            "int owes = accepted == guesses ? 1 : 0;", "int owes = guesses == 0 ? 1 : 0;"),
        new(
            "no-guesses-no-debt", "plan: no guesses", "Assumes that the draft's cache lacks nothing after a round without draft tokens.",
            "accepted == guesses ? 1 : 0", "guesses > 0 && accepted == guesses ? 1 : 0"),
    ];
}
