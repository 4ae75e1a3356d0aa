namespace Course.TakeHome.Exercises;

internal sealed class PressureBugs : BugFolder
{
    private const string Bytes = "(model.WeightBytes + rows * model.CacheBytesPerRow)";
    private const string Verification = "CallSeconds(@case.Machine, @case.Target, rows, @case.DraftLength + 1);";

    public override string Exercise => "pressure";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "weights-for-each-row", "bound by memory", "Reads the weights once for each sequence.", Bytes,
            "(rows * model.WeightBytes + rows * model.CacheBytesPerRow)"),
        new("no-cache", "bound by memory", "Does not count the caches.", Bytes, "model.WeightBytes"),
        new(
            "cache-for-each-token", "bound by memory", "Reads a sequence's cache once for each of its tokens.", Bytes,
            "(model.WeightBytes + rows * tokensPerRow * model.CacheBytesPerRow)"),
        new(
            "sum", "bound by memory", "Adds the two times.",
            "=> Math.Max(\n        rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond,",
            "=> (\n        rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond +"),
        new(
            "one-token-a-row", "bound by arithmetic", "Forgets that a verification brings several tokens per sequence.",
            "rows * tokensPerRow * model", "rows * model"),
        new(
            "memory-only", "bound by arithmetic", "Counts reading only, never arithmetic.",
            "rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond", "0"),
        new(
            "no-draft", "one user", "Does not count the time of drafting.",
            "@case.DraftLength * CallSeconds(@case.Machine, @case.Draft, rows, 1)",
            "0"),
        new("all-accepted", "one user", "Counts γ + 1 tokens for every round.", "Math.Pow(@case.Acceptance, accepted)", "1.0"),
        new(
            "flat-verification", "many users", "Counts a verification like one decode step at any batch size.", Verification,
            "CallSeconds(@case.Machine, @case.Target, rows, 1);"),
        new(
            "one-row-verified", "many users", "Counts the verification of one sequence for the whole batch.", Verification,
            "Math.Max(CallSeconds(@case.Machine, @case.Target, 1, @case.DraftLength + 1), " +
            "CallSeconds(@case.Machine, @case.Target, rows, 1));"),
        new("last-that-pays", "crossover", "Returns the last B with a gain.", "most + 1);", "most + 1) - 1;"),
        new("none-is-zero", "crossover", "Returns 0 if there is no crossover.", "<= 1, most + 1);", "<= 1, 0);"),
        new(
            "no-axes", "chart", "Leaves the axes unnamed.", "\"sequences in the batch, B\", \"speed-up over plain decoding\"",
            "\"\", \"\""),
        new("short-chart", "chart", "Ends before the crossover.", "1 << power);\n", "1 + power % 3);\n"),
    ];
}
