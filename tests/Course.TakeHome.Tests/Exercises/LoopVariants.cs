using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>A decoder that a candidate might hand in, as edits of the reference.</summary>
/// <param name="Name">A unique name.</param>
/// <param name="Right">Whether its output and its calls are as promised.</param>
/// <param name="Text">Its C# source.</param>
internal sealed record LoopVariant(string Name, bool Right, string Text)
{
    private const string Gamma = "Math.Min(request.DraftLength, left - 1)";
    private const string Rule = "randomness.Accept(Math.Min(1, p[i][x] / laws[i][x]))";
    private const string Residual = "randomness.Draw(LeftOver(p[i], laws[i]))";
    private const string Verified = "Verify(guesses, laws, p, randomness)";
    private const string Rows = "[.. logits.TakeLast(gamma + 1).Select(row => request.Distribution(row))]";

    private const string Start = "        List<int> text = [.. prompt];\n";

    /// <summary>Random draws without effect, which leave the text as it is and make its distribution too large to enumerate.</summary>
    private static readonly (string Find, string Replacement) Padding = (
        Start, Start + "        for (int k = 0; k < 16 && request.MaxTokens <= 8; k++)\n            randomness.Accept(0.5);\n");

    private static readonly Exercise Loop = Exercise.Named("loop");

    public static IReadOnlyList<LoopVariant> All { get; } =
        [.. Rights(), .. Wrongs(), .. Loop.Bugs.Select(bug => new LoopVariant(bug.Name, Right: false, bug.In(Loop.Reference)))];

    private static IEnumerable<LoopVariant> Rights() =>
    [
        new("reference", true, Loop.Reference),
        new("fresh-sample-agrees", true, Suspects.All.Single(suspect => suspect.Name == "fresh-sample-agrees").Text),
        Of("adaptive-length", true, (Gamma, "Math.Min(Math.Min(request.DraftLength, 1 + (text.Count % 3)), left - 1)")),
        Of(
            "random-length", true,
            (Gamma, "Math.Min(1 + randomness.Draw([.. Enumerable.Repeat(1.0 / request.DraftLength, request.DraftLength)]), left - 1)")),
        Of("now-and-then-no-draft", true, (Gamma, "Math.Min(randomness.Accept(0.75) ? request.DraftLength : 0, left - 1)")),
        Of("rejects-until-one-fits", true, (Residual, "Fitting(p[i], laws[i], randomness)"), ("    private static double[] LeftOver(", """
                private static int Fitting(double[] p, double[] q, IRandomness randomness)
                {
                    if (p.Zip(q, (a, b) => Math.Max(0, a - b)).Sum() < 1e-9)
                        return randomness.Draw(p);
                    while (true)
                    {
                        int x = randomness.Draw(p);
                        if (randomness.Accept(Math.Max(0, p[x] - q[x]) / p[x]))
                            return x;
                    }
                }

                private static double[] LeftOver(
            """)),
        Of("single-precision-rule", true, (Rule, "randomness.Accept(Math.Min(1, (float)p[i][x] / (float)laws[i][x]))")),
        Of("single-precision-laws", true, (Rows,
            "[.. logits.TakeLast(gamma + 1).Select(row => request.Distribution(row).Select(share => (double)(float)share).ToArray())]")),
        Of("a-little-in-the-denominator", true, (Rule, "randomness.Accept(Math.Min(1, p[i][x] / (laws[i][x] + 1e-10)))")),
        Of("prompt-in-a-call-of-its-own", true, ("        while (Left(text",
            "        if (prompt.Count > 1)\n            target.Forward([.. prompt.Take(prompt.Count - 1)], held);\n"
                + "        while (Left(text")),
        Of("asks-only-where-it-may-be-no", true, (Rule, "(p[i][x] >= laws[i][x] || randomness.Accept(p[i][x] / laws[i][x]))")),
        Of("asks-more-than-it-needs", true, (Verified, "Verify(guesses, laws, p, randomness.Accept(0.5) ? randomness : randomness)")),
        Of("asks-idle-questions", true, Padding),
        Of("stops-drafting-at-the-stop-token", true,
            ("            guesses.Add(randomness.Draw(q));\n",
                "            guesses.Add(randomness.Draw(q));\n            if (guesses[^1] == request.StopToken) break;\n"),
            ("TakeLast(gamma + 1)", "TakeLast(guesses.Count + 1)")),
    ];

    private static IEnumerable<LoopVariant> Wrongs() =>
    [
        Of(
            "third-kept-by-threshold", false,
            (Rule, "(i >= 2 ? p[i][x] >= laws[i][x] / 2 : randomness.Accept(Math.Min(1, p[i][x] / laws[i][x])))")),
        Of("third-residual-slips", false, ("LeftOver(p[i], laws[i])", "LeftOver(p[i], laws[i >= 2 ? i - 1 : i])")),
        Of("third-judged-by-the-second", false, ("p[i][x] / laws[i][x]", "p[i >= 2 ? 1 : i][x] / laws[i][x]")),
        Of("fifth-token-on", false, (Rows,
            "[.. logits.TakeLast(gamma + 1).Select(row => request.Distribution(text.Count - prompt.Count >= 4 && row.Length < 50 "
                + "? [.. row.Select(logit => 0.9f * logit)] : row))]")),
        Of(
            "first-twenty-tokens-only", false,
            ("p.Zip(q, (a, b) => Math.Max(0, a - b))", "p.Zip(q, (a, b) => Math.Max(0, a - b)).Select((w, x) => x < 20 ? w : 0)")),
        Of(
            "first-twenty-tokens-only-and-idle-questions", false, Padding,
            ("p.Zip(q, (a, b) => Math.Max(0, a - b))", "p.Zip(q, (a, b) => Math.Max(0, a - b)).Select((w, x) => x < 20 ? w : 0)")),
        Of("third-judged-by-the-second-and-idle-questions", false, Padding, ("p[i][x] / laws[i][x]", "p[i >= 2 ? 1 : i][x] / laws[i][x]")),
        Of("accepts-all-in-long-texts", false, (Verified,
            $"request.MaxTokens > 40 && p[0].Max() < 1 ? [.. guesses, randomness.Draw(p[guesses.Count])] : {Verified}")),
        Of("target-alone-in-short-texts", false, (Gamma, "Math.Min(request.MaxTokens <= 8 ? 0 : request.DraftLength, left - 1)")),
        Of("late-in-long-texts", false, (Verified,
            $"text.Count > 60 && p[0].Max() < 1 ? [.. guesses, randomness.Draw(p[guesses.Count])] : {Verified}")),
    ];

    private static LoopVariant Of(string name, bool right, params (string Find, string Replacement)[] edits) =>
        new(
            name, right,
            edits.Aggregate(Loop.Reference, (text, edit) => new PlantedBug(name, "", "", edit.Find, edit.Replacement).In(text)));
}
