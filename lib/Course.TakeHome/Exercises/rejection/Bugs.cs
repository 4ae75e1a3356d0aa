namespace Course.TakeHome.Exercises;

internal sealed class RejectionBugs : BugFolder
{
    private const string Rule = "randomness.Accept(Math.Min(1, target[guess] / draft[guess]))";
    private const string Fresh = "randomness.Draw(LeftOver(target, draft))";

    public override string Exercise => "rejection";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new("no-temperature", "sampling options", "Samples at temperature 1.", "Softmax.Of(logits, Temperature)", "Softmax.Of(logits)"),
        new("not-normalised", "sampling options", "Truncates and leaves the sum below one.", "return Normalized(cut);", "return cut;"),
        new("no-truncation", "sampling options", "Keeps every token.", "order.Take(kept)", "order"),
        new(
            "kept-is-replaced", "kept guess", "Reports a draft token as accepted and emits another token.", "return new(guess, true);",
            "return new(randomness.Draw(target), true);"),
        new("threshold", "acceptance", "Accepts if p ≥ q, without a random draw.", Rule, "target[guess] >= draft[guess]"),
        new("accept-all", "acceptance", "Accepts every draft token.", Rule, "target[guess] >= 0"),
        new(
            "upside-down", "acceptance", "Accepts with q / p.", Rule,
            "randomness.Accept(Math.Min(1, draft[guess] / Math.Max(1e-300, target[guess])))"),
        new(
            "half-precision", "acceptance", "Computes the ratio in half precision.", Rule,
            "randomness.Accept(Math.Min(1, (double)(Half)(target[guess] / draft[guess])))"),
        new(
            "accept-p", "acceptance", "Accepts with the target's probability of the draft token.", Rule,
            "randomness.Accept(target[guess])"),
        new("fresh-sample-agrees", "acceptance",
            "Exact, but accepts fewer draft tokens than it could: only if a fresh target sample agrees.",
            Rule + ")\n            return new(guess, true);",
            "randomness.Draw(target) is var own)\n            return new(own, own == guess);"),
        new("no-residual", "replacement", "Samples the target afresh after a rejection.", Fresh, "randomness.Draw(target)"),
        new("absolute-difference", "replacement", "Draws from |p − q|.", "Math.Max(0, a - b)", "Math.Abs(a - b)"),
        new(
            "residual-upside-down", "replacement", "Draws from max(0, q − p) instead of max(0, p − q).", "Math.Max(0, a - b)",
            "Math.Max(0, b - a)"),
        new(
            "softmax-of-the-residual", "replacement", "Applies a softmax to the differences.", "Math.Max(0, a - b)",
            "Math.Exp(Math.Max(0, a - b))"),
        new(
            "only-without-the-guess", "replacement", "Draws from the target without the rejected token.", Fresh,
            "randomness.Draw(Normalized([.. target.Select((share, x) => x == guess ? 0 : share)]))"),
        new(
            "most-missing", "replacement", "Takes the largest difference instead of drawing.", Fresh,
            "LeftOver(target, draft) is var left ? Array.IndexOf(left, left.Max()) : 0"),
    ];
}
