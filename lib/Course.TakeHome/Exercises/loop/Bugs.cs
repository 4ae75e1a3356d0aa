namespace Course.TakeHome.Exercises;

internal sealed class LoopBugs : BugFolder
{
    private const string Gamma = "Math.Min(request.DraftLength, left - 1)";
    private const string Rule = "randomness.Accept(Math.Min(1, p[i][x] / laws[i][x]))";
    private const string Residual = "randomness.Draw(LeftOver(p[i], laws[i]))";
    private const string Bonus = "return [.. emitted, randomness.Draw(p[guesses.Count])];";

    public override string Exercise => "loop";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new("too-many-tokens", "length", "The last round may emit more tokens than were requested.", Gamma, "request.DraftLength"),
        new("one-token-short", "length", "Counts the bonus token twice.", "? 0 : request.MaxTokens - (", "? 0 : request.MaxTokens - 1 - ("),
        new(
            "stop-inside-ignored", "stop token", "Looks for the stop token at the end of a round only.",
            "emitted.IndexOf(stop) is int at && at >= 0", "emitted.IndexOf(stop) is int at && at == emitted.Count - 1"),
        new(
            "stop-token-dropped", "stop token", "Does not emit the stop token.", "emitted = emitted[..(at + 1)];",
            "return [.. text[prompt.Count..], .. emitted[..at]];"),
        new("one-call-per-guess", "one verification", "Verifies the draft tokens in one call each.",
            "var logits = target.Forward([.. text.Skip(held.Length), .. guesses], held);",
            "var logits = text.Concat(guesses).Skip(held.Length).ToArray().Select(token => target.Forward([token], held)[0]).ToList();"),
        new(
            "no-bonus", "bonus token", "Emits no bonus token when all draft tokens are accepted.", Bonus,
            "return emitted.Count > 0 ? emitted : [randomness.Draw(p[0])];"),
        new("guesses-stay", "target's cache", "Rewinds the draft's cache and forgets the target's.", "            Trim(held, text);\n", ""),
        new("one-too-few", "target's cache", "Leaves the first rejected token in both caches.", "(text.Count - 1)));", "text.Count));"),
        new(
            "starts-anew", "target's cache", "Empties the target's cache instead of rewinding it.", "            Trim(held, text);\n",
            "            held = target.CreateCache();\n"),
        new("draft-keeps-guesses", "draft's cache", "Never rewinds the draft's cache.", "            Trim(drafting, text);\n", ""),
        new(
            "draft-starts-anew", "draft's cache", "Empties the draft's cache every round.", "            Trim(drafting, text);\n",
            "            drafting = draft.CreateCache();\n"),
        new("draft-misses-its-last-guess", "draft's cache",
            "Feeds the draft the last token only, even if it was not fed the one before.",
            "int[] unseen = [.. text.Concat(guesses).Skip(cache.Length)];",
            "int[] unseen = i == 0 && cache.Length > 0 ? [text[^1]] : [.. text.Concat(guesses).Skip(cache.Length)];\n        " +
            "    if (i > 0) unseen = [guesses[^1]];"),
        new(
            "logits-one-on", "greedy", "Verifies a draft token with the logits of the position after it.",
            "if (!randomness.Accept(Math.Min(1, p[i][x]",
            "if (!randomness.Accept(Math.Min(1, p[i + 1][x]"),
        new(
            "replacement-one-on", "greedy", "Draws the replacement from the distribution of the next position.", "LeftOver(p[i], laws[i])",
            "LeftOver(p[i + 1], laws[i])"),
        new("accept-all", "greedy", "Accepts every draft token.", Rule, "randomness.Accept(1)"),
        new("no-residual", "law of the first token", "Samples the target afresh after a rejection.", Residual, "randomness.Draw(p[i])"),
        new("threshold", "law of the first token", "Accepts when p ≥ q.", Rule, "(p[i][x] >= laws[i][x])"),
        new(
            "argmax-draft", "law of the first token", "Drafts the most probable token, but verifies it as if it had been drawn.",
            "guesses.Add(randomness.Draw(q));", "guesses.Add(Array.IndexOf(q, q.Max()));"),
        new(
            "raw-target", "law of the first token", "Samples the target under other options than requested.",
            "Select(row => request.Distribution(row))",
            "Select(row => Softmax.Of(row, 0.9) is var own && request.Distribution(row).Max() == 1 ? request.Distribution(row) : own)"),
        new(
            "skip-the-rejected", "law of several tokens", "Drops a rejected draft token and goes on with the next one.",
            "return [.. emitted, " + Residual + "];", "{ if (i < guesses.Count - 1) continue; return [.. emitted, " + Residual + "]; }"),
        new(
            "bonus-from-the-last-guess", "law of several tokens",
            "Draws the bonus token from the distribution that verified the last draft token.",
            "randomness.Draw(p[guesses.Count])", "randomness.Draw(p[Math.Max(0, guesses.Count - 1)])"),
    ];
}
