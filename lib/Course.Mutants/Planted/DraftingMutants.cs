using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Planted;

/// <summary>Drafters whose q is not what their token was drawn from. The target's rule is right, and the text is wrong all the same.</summary>
internal static class DraftingMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("greedy-draft-soft-q", Area.Drafting,
            "Takes the draft's most probable token and hands over its softmax as q.",
            "Acceptance looks better; the target's law is lost.",
            "A greedy draft is accepted more often, and q \"is just the softmax\".",
            subject => subject.WithDrafting((model, options, randomness) => new GreedyDraft(model, options, randomness))),
        new("raw-q", Area.Drafting,
            "Draws from the truncated distribution and hands over the raw one.",
            "Acceptance looks higher, for q is too small everywhere.",
            "The model returns its softmax; truncation happens in the sampler.",
            subject => subject.WithDrafting((model, options, randomness) => new RawQ(model, options, randomness))),
        new("one-buffer-for-all-q", Area.Drafting,
            "Keeps one buffer: at verification every q is that of the last draft token.",
            "Right for γ = 1, wrong beyond.",
            "The allocation was in the hot loop.",
            subject => subject.WithDrafting((model, options, randomness) => new OneBuffer(model, options, randomness))),
        new("half-precision-q", Area.Drafting,
            "Draws from q in full precision and hands it over in half.",
            "None that statistics would show.",
            "It halves the traffic between draft and target.",
            subject => subject.WithDrafting((model, options, randomness) => new HalfQ(model, options, randomness))),
    ];

    private sealed class GreedyDraft(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        protected override DraftToken Choose(ReadOnlySpan<float> logits, double[] law)
        {
            Pipeline.Apply(logits, law);
            return new(Array.IndexOf(law, law.Max()), law);
        }
    }

    private sealed class RawQ(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        protected override DraftToken Choose(ReadOnlySpan<float> logits, double[] law) =>
            base.Choose(logits, law) with { Law = new SamplingPipeline(SamplingOptions.Default).Distribution(logits) };
    }

    private sealed class OneBuffer(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        private readonly double[] buffer = new double[model.VocabularySize];

        protected override DraftToken Choose(ReadOnlySpan<float> logits, double[] law) => base.Choose(logits, buffer);
    }

    private sealed class HalfQ(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        protected override DraftToken Choose(ReadOnlySpan<float> logits, double[] law)
        {
            var drawn = base.Choose(logits, law);
            double[] rounded = [.. law.Select(share => (double)(Half)share)];
            return drawn with { Law = [.. rounded.Select(share => share / rounded.Sum())] };
        }
    }
}
