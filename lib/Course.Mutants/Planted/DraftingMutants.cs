using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Planted;

/// <summary>
/// Drafters whose q is not what their token was drawn from. The target's rule is right, and the text is wrong all the same.
/// </summary>
internal static class DraftingMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("greedy-draft-soft-q", Area.Drafting,
            "Takes the draft's most probable token and hands over its softmax as q.",
            "Acceptance looks better; the target's law is lost.",
            "A greedy draft is accepted more often, and q \"is just the softmax\".",
            subject => subject with { Drafter = model => new Redrafting(new ModelDrafter(model, SiblingDraw.Chosen), (tree, _) => Redrafting.SaidToBeDrawn(tree)) }),
        new("raw-q", Area.Drafting,
            "Draws from the truncated distribution and hands over the raw one.",
            "Acceptance looks higher, for q is too small everywhere.",
            "The model returns its softmax; truncation happens in the sampler.",
            subject => subject.WithDrafts(RawQ)),
        new("one-buffer-for-all-q", Area.Drafting,
            "Keeps one buffer: at verification every q is that of the last draft token.",
            "Right for γ = 1, wrong beyond.",
            "The allocation was in the hot loop.",
            subject => subject.WithDrafts(OneBuffer)),
        new("half-precision-q", Area.Drafting,
            "Draws from q in full precision and hands it over in half.",
            "None that statistics would show.",
            "It halves the traffic between draft and target.",
            subject => subject.WithDrafts(HalfQ)),
    ];

    private static DraftTree RawQ(DraftTree tree, Sequence sequence, ILanguageModel model)
    {
        var raw = new SamplingPipeline(SamplingOptions.Default);
        double[] After(int node) => raw.Distribution(model.Forward(TokenBatch.Of([.. sequence.Text, .. tree.Tokens.Take(node + 1)]), wanted: LogitsOf.LastToken).Last());
        return Saying(tree, node => After(node));
    }

    private static DraftTree OneBuffer(DraftTree tree, Sequence sequence, ILanguageModel model) => Saying(tree, _ => tree.Distributions[tree.Count - 1]!);

    private static DraftTree HalfQ(DraftTree tree, Sequence sequence, ILanguageModel model) => Saying(tree, node =>
    {
        double[] rounded = [.. tree.Distributions[node + 1]!.Select(share => (double)(Half)share)];
        return [.. rounded.Select(share => share / rounded.Sum())];
    });

    /// <summary>The same chain with other distributions: after the text, node -1, and after every node but the last.</summary>
    private static DraftTree Saying(DraftTree chain, Func<int, double[]> q) => new(
        chain.Tokens, chain.Parents, SiblingDraw.Independent, [.. Enumerable.Range(TokenTree.Root, chain.Count).Select(q), null]);
}
