namespace Course.TakeHome.Exercises;

internal sealed class PressureBugs : BugFolder
{
    private const string Bytes = "(model.WeightBytes + rows * model.CacheBytesPerRow)";
    private const string Verification = "CallSeconds(@case.Machine, @case.Target, rows, @case.DraftLength + 1);";

    public override string Exercise => "pressure";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "weights-for-each-row", "bound by memory", "Reads the weights once for each row.", Bytes,
            "(rows * model.WeightBytes + rows * model.CacheBytesPerRow)"),
        new("no-cache", "bound by memory", "Leaves the caches out.", Bytes, "model.WeightBytes"),
        new(
            "cache-for-each-token", "bound by memory", "Reads a row's cache once for each of its tokens.", Bytes,
            "(model.WeightBytes + rows * tokensPerRow * model.CacheBytesPerRow)"),
        new(
            "sum", "bound by memory", "Adds the two times.",
            "=> Math.Max(\n        rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond,",
            "=> (\n        rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond +"),
        new(
            "one-token-a-row", "bound by arithmetic", "Forgets that a verification brings several tokens a row.",
            "rows * tokensPerRow * model", "rows * model"),
        new(
            "memory-only", "bound by arithmetic", "Knows no arithmetic.",
            "rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond", "0"),
        new(
            "no-draft", "one user", "Leaves the draft's time out.", "@case.DraftLength * CallSeconds(@case.Machine, @case.Draft, rows, 1)",
            "0"),
        new("all-accepted", "one user", "Counts γ + 1 tokens a round.", "Math.Pow(@case.Acceptance, stand)", "1.0"),
        new(
            "flat-verification", "many users", "Takes a verification for a step at any batch size.", Verification,
            "CallSeconds(@case.Machine, @case.Target, rows, 1);"),
        new(
            "one-row-verified", "many users", "Verifies one row's guesses for all.", Verification,
            "Math.Max(CallSeconds(@case.Machine, @case.Target, 1, @case.DraftLength + 1), " +
            "CallSeconds(@case.Machine, @case.Target, rows, 1));"),
        new("last-that-pays", "crossover", "Gives the last B that pays.", "most + 1);", "most + 1) - 1;"),
        new("none-is-zero", "crossover", "Says 0 where there is none.", "<= 1, most + 1);", "<= 1, 0);"),
        new("no-axes", "chart", "Leaves the axes unnamed.", "\"rows in the batch, B\", \"speed-up over plain decoding\"", "\"\", \"\""),
        new("short-chart", "chart", "Ends before the turn.", "1 << power);\n", "1 + power % 3);\n"),
    ];
}
