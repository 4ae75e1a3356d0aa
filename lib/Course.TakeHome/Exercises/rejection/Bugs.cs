namespace Course.TakeHome.Exercises;

internal sealed class RejectionBugs : BugFolder
{
    private const string Rule = "randomness.Accept(Math.Min(1, target[guess] / draft[guess]))";
    private const string Fresh = "randomness.Draw(LeftOver(target, draft))";

    public override string Exercise => "rejection";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new("no-temperature", "sampling options", "Samples at temperature 1.", "Softmax.Of(logits, Temperature)", "Softmax.Of(logits)"),
        new("not-normalised", "sampling options", "Truncates and leaves the sum below one.", "return Normalised(cut);", "return cut;"),
        new("no-truncation", "sampling options", "Keeps every token.", "order.Take(kept)", "order"),
        new(
            "kept-is-replaced", "kept guess", "Reports a guess as kept and emits something else.", "return new(guess, true);",
            "return new(randomness.Draw(target), true);"),
        new("threshold", "acceptance", "Accepts when p ≥ q, without chance.", Rule, "target[guess] >= draft[guess]"),
        new("accept-all", "acceptance", "Accepts every guess.", Rule, "target[guess] >= 0"),
        new(
            "upside-down", "acceptance", "Accepts with q / p.", Rule,
            "randomness.Accept(Math.Min(1, draft[guess] / Math.Max(1e-300, target[guess])))"),
        new(
            "half-precision", "acceptance", "Computes the ratio in half precision.", Rule,
            "randomness.Accept(Math.Min(1, (double)(Half)(target[guess] / draft[guess])))"),
        new("accept-p", "acceptance", "Accepts with the target's probability of the guess.", Rule, "randomness.Accept(target[guess])"),
        new("fresh-sample-agrees", "acceptance", "Exact, and keeps fewer guesses than it could: accepts if a fresh target sample agrees.",
            Rule + ")\n            return new(guess, true);",
            "randomness.Draw(target) is var own)\n            return new(own, own == guess);"),
        new("no-residual", "replacement", "Samples the target afresh after a rejection.", Fresh, "randomness.Draw(target)"),
        new("absolute-difference", "replacement", "Draws from |p − q|.", "Math.Max(0, a - b)", "Math.Abs(a - b)"),
        new(
            "residual-upside-down", "replacement", "Draws from what the draft has too much of.", "Math.Max(0, a - b)",
            "Math.Max(0, b - a)"),
        new(
            "softmax-of-the-residual", "replacement", "Applies a softmax to the differences.", "Math.Max(0, a - b)",
            "Math.Exp(Math.Max(0, a - b))"),
        new(
            "only-without-the-guess", "replacement", "Draws from the target without the rejected guess.", Fresh,
            "randomness.Draw(Normalised([.. target.Select((share, x) => x == guess ? 0 : share)]))"),
        new(
            "most-missing", "replacement", "Takes the largest difference instead of drawing.", Fresh,
            "LeftOver(target, draft) is var left ? Array.IndexOf(left, left.Max()) : 0"),
    ];
}
