using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Mutants.Checks;

/// <summary>Single runs: what comes, and what it costs to make.</summary>
internal static class RunChecks
{
    private static readonly DecodingOptions Greedily = new() { MaxTokens = 24, Sampling = SamplingOptions.Greedy };

    /// <summary>A draft that mostly agrees: the target's own table, but for one token in some places.</summary>
    private static (TableModel Target, TableModel Draft) Pair()
    {
        var target = TableModel.Arbitrary(9, contextLength: 64, seed: 6);
        return (target, new TableModel(9, 64, sequence => sequence.Sum() % 4 == 0 ? [.. target.Logits(sequence).Reverse()] : target.Logits(sequence)).Remembered());
    }

    public static void Limit(Subject subject)
    {
        var (target, draft) = Pair();
        foreach (var tokens in new[] { 1, 2, 3, 5, 8 })
        {
            var run = subject.Decoder(target, draft, gamma: 3).Decode([1, 2, 3], Greedily with { MaxTokens = tokens }, new SeededRandomness(1));
            var came = run.Count();
            Demand.That(came == tokens, $"Asked for {tokens} tokens, it emits {came}.");
        }
    }

    public static void Greedy(Subject subject)
    {
        var (target, draft) = Pair();
        var expected = Tokens(new NaiveDecoder(target).Decode([1], Greedily, new SeededRandomness(1)));
        var came = Tokens(subject.Decoder(target, draft, gamma: 3).Decode([1], Greedily, new SeededRandomness(1)));
        Demand.That(came.SequenceEqual(expected), $"Greedy speculation writes [{string.Join(" ", came)}] where greedy decoding writes [{string.Join(" ", expected)}].");
    }

    public static void GreedyAcceptance(Subject subject)
    {
        var (target, draft) = Pair();
        var run = subject.Decoder(target, draft, gamma: 3).Decode([1, 2], Greedily, new SeededRandomness(1));
        int[] text = [1, 2, .. Tokens(run)];
        var at = 2;
        foreach (var step in run.Trace.Steps.SkipLast(1)) // the last may be short
        {
            var agree = Enumerable.Range(0, step.Asked).TakeWhile(i => Best(draft, text[..(at + i)]) == Best(target, text[..(at + i)])).Count();
            // Whoever takes the last of them for the target's own, and no bonus, emits as many and is right too.
            Demand.That(step.Emitted > agree || step.Emitted == agree && agree == step.Asked,
                $"Behind {at} tokens the draft's first {agree} guesses are the target's own choices, and {step.Accepted} were accepted.");
            at += step.Emitted;
        }
    }

    /// <summary>Counted without the library's account: by what reaches the models.</summary>
    public static void NoTokenTwice(Subject subject)
    {
        var (target, draft) = (new MeteredModel(Pair().Target), new MeteredModel(Pair().Draft));
        var run = subject.Decoder(target, draft, gamma: 3).Decode([1, 2, 3, 4], Greedily, new SeededRandomness(1));
        var emitted = run.Count();
        var drafted = run.Trace.Drafted;
        var mostForTarget = 3 + run.Trace.Steps.Count + drafted;
        Demand.That(target.Usage.Tokens <= mostForTarget, $"The target was fed {target.Usage.Tokens} tokens where {mostForTarget} were new to it: the prompt, every draft token, and one of its own a round.");
        // Every token of the text once, and besides them only what was drafted and rejected.
        var mostForDraft = 4 + emitted + (drafted - run.Trace.Accepted);
        Demand.That(draft.Usage.Tokens <= mostForDraft, $"The draft was fed {draft.Usage.Tokens} tokens where at most {mostForDraft} were new to it.");
    }

    private static int[] Tokens(DecodingRun run) => [.. run.Select(token => token.Token)];

    private static int Best(TableModel model, int[] sequence) => Array.IndexOf(model.Logits(sequence), model.Logits(sequence).Max());
}
