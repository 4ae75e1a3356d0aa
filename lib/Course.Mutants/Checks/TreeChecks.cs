using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Checks;

/// <summary>Several candidates at a place: which may stand, what a node sees, and what is kept.</summary>
internal static class TreeChecks
{
    private static readonly DecodingOptions Greedily = new() { MaxTokens = 24, Sampling = SamplingOptions.Greedy };

    private static SpeculativeRun Run(Subject subject, ILanguageModel target, ILanguageModel draft, SiblingDraw draw, TreeShape shape, int[] prompt, DecodingOptions options, IRandomness randomness) =>
        subject.TreeDecoder(target, draft, draw, shape).Decode(prompt, options, randomness);

    public static void Siblings(Subject subject)
    {
        foreach (var draw in Enum.GetValues<SiblingDraw>())
            foreach (var draft in CheckTables.DraftsFor(CheckTables.Target(seed: 8)))
                Law(subject, draft, draw, TreeShape.Of(2), new() { MaxTokens = 2 });
        Law(subject, CheckTables.DraftsFor(CheckTables.Target(seed: 8))[0], SiblingDraw.Independent, TreeShape.Of(3), new() { MaxTokens = 2 });
    }

    public static void Depths(Subject subject) =>
        Law(subject, CheckTables.DraftsFor(CheckTables.Target(seed: 8))[1], SiblingDraw.WithoutReplacement, TreeShape.Of(2, 1), new() { MaxTokens = 3, Sampling = new() { TopK = 2 } });

    private static void Law(Subject subject, TableModel draft, SiblingDraw draw, TreeShape shape, DecodingOptions options)
    {
        var target = CheckTables.Target(seed: 8);
        int[] prompt = [1];
        var came = JointLaw.Of(randomness => Run(subject, target, draft, draw, shape, prompt, options, randomness).Select(token => token.Token), maxRuns: 100_000);
        var expected = JointLaw.Of(randomness => new NaiveDecoder(target).Decode(prompt, options, randomness).Select(token => token.Token));
        var distance = TotalVariation.Between(came, expected);
        Demand.That(distance <= LawChecks.Tolerance, $"With a tree of {shape} and siblings drawn {draw} the law of the emitted tokens is {distance:G3} in total variation away from the target's.");
    }

    /// <summary>
    /// On a model that minds what it sees and where, with a draft whose second candidate is now and then the right one: greedy trees write
    /// what greedy decoding writes.
    /// </summary>
    public static void AsChains(Subject subject)
    {
        var (target, right) = (new AttendingToy(7, 64, subject.Trees), new AttendingToy(7, 64, new()));
        var draft = Swapping(7, sequence => right.Forward(TokenBatch.Of([.. sequence]), wanted: LogitsOf.LastToken).Last().ToArray());
        var expected = Tokens(new NaiveDecoder(right).Decode([1, 2], Greedily, new SeededRandomness(1)));
        var came = Tokens(Run(subject, target, draft, SiblingDraw.Chosen, TreeShape.Of(3, 2, 1), [1, 2], Greedily, new SeededRandomness(1)));
        Demand.That(came.SequenceEqual(expected), $"A greedy tree writes [{string.Join(" ", came)}] where greedy decoding writes [{string.Join(" ", expected)}].");
    }

    /// <summary>
    /// A draft that is the target, but whose two best tokens are swapped in some places: the second candidate stands there, and whatever
    /// it was, the path is whole.
    /// </summary>
    public static void Paths(Subject subject)
    {
        var target = TableModel.Arbitrary(9, contextLength: 64, seed: 6);
        var draft = Swapping(9, target.Logits);
        var expected = Tokens(new NaiveDecoder(target).Decode([1], Greedily, new SeededRandomness(1)));
        var run = Run(subject, target, draft, SiblingDraw.Chosen, TreeShape.Of(2, 2, 2), [1], Greedily, new SeededRandomness(1));
        var came = Tokens(run);
        Demand.That(came.SequenceEqual(expected), $"A greedy tree writes [{string.Join(" ", came)}] where greedy decoding writes [{string.Join(" ", expected)}].");
        foreach (var (round, step) in run.Trace.Steps.SkipLast(1).Index())
            Demand.That(step.Accepted == 3, $"The target's own choice is among the candidates at every place, and in round {round} only {step.Accepted} of 3 stood.");
    }

    private static TableModel Swapping(int vocabularySize, Func<IReadOnlyList<int>, float[]> logits) =>
        new TableModel(vocabularySize, 64, sequence => sequence.Sum() % 3 == 0 ? BestTwoSwapped(logits(sequence)) : logits(sequence)).Remembered();

    private static float[] BestTwoSwapped(float[] logits)
    {
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(token => logits[token]).ToArray();
        float[] swapped = [.. logits];
        (swapped[order[0]], swapped[order[1]]) = (logits[order[1]], logits[order[0]]);
        return swapped;
    }

    private static int[] Tokens(DecodingRun run) => [.. run.Select(token => token.Token)];
}
