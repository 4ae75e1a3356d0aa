using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Planted;

/// <summary>Caches that hold too much, too little or something else. Some change the text; the sly ones only the speed.</summary>
internal static class CacheMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("target-keeps-a-rejected-token", Area.Cache,
            "The target's cache keeps one rejected token.",
            "Text derails after the first rejection.",
            "The rejected position is \"filled\" by its replacement, so it seems to count.",
            subject => subject.WithTargetCache(model => new KeepsOneMore(model))),
        new("target-trim-is-a-no-op", Area.Cache,
            "The target's cache does not rewind at all.",
            "Loops and repeated words, on some cache types only.",
            "Not every cache can be trimmed, and the call returns without a word.",
            subject => subject.WithTargetCache(model => new NeverForgets(model))),
        new("target-rewinds-one-too-many", Area.Cache,
            "The target forgets one token more than was rejected.",
            "Text right; one token is computed twice a round.",
            "Rejected plus the replacement, which was never fed.",
            subject => subject.WithTargetCache(model => new ForgetsOneMore(model))),
        new("target-reset", Area.Cache,
            "The target's cache is emptied instead of rewound.",
            "Text right, and slower with every token: each round is a prefill.",
            "A fresh cache is always a right cache.",
            subject => subject.WithTargetCache(model => new ForgetsAll(model))),
        new("draft-trim-is-a-no-op", Area.Cache,
            "The draft's cache keeps what was rejected.",
            "Text right; acceptance collapses after the first rejection.",
            "The target is rewound, and the output is right, so who looks at the draft?",
            subject => subject.WithDrafting((model, options, randomness) => new NeverSettles(model, options, randomness))),
        new("draft-misses-the-bonus", Area.Cache,
            "After a draft that stood whole, the draft is fed the bonus but not its own last token.",
            "Text right; acceptance falls, the more the better the draft is.",
            "One token per step is what a draft gets, except just then.",
            subject => subject.WithDrafting((model, options, randomness) => new FeedsTheLastOnly(model, options, randomness))),
        new("draft-one-behind", Area.Cache,
            "The draft is rewound by one too many and then goes on with the newest token.",
            "Text right; the draft lacks a token for ever and acceptance collapses.",
            "Rejected plus one, again.",
            subject => subject.WithDrafting((model, options, randomness) => new OneBehind(model, options, randomness))),
        new("draft-reset", Area.Cache,
            "The draft's cache is emptied after every round.",
            "Text right; drafting slows down as the text grows.",
            "A fresh cache is always a right cache.",
            subject => subject.WithDraftCache(model => new ForgetsAll(model))),
    ];

    private sealed class KeepsOneMore(ILanguageModel model) : CachedSequence(model)
    {
        public override void Keep(int length) => Rewind(Math.Max(0, Length - length - 1));
    }

    private sealed class NeverForgets(ILanguageModel model) : CachedSequence(model)
    {
        public override void Keep(int length)
        {
        }
    }

    private sealed class ForgetsOneMore(ILanguageModel model) : CachedSequence(model)
    {
        public override void Keep(int length) => Rewind(Math.Min(Length, Length - length + 1));
    }

    private sealed class ForgetsAll(ILanguageModel model) : CachedSequence(model)
    {
        public override void Keep(int length) => Rewind(Length);
    }

    private sealed class NeverSettles(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        public override void Settle(int accepted)
        {
        }

        protected override ReadOnlySpan<int> Unseen(ReadOnlySpan<int> sequence) => Held.Length == 0 ? sequence : sequence[^1..];
    }

    private sealed class FeedsTheLastOnly(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        protected override ReadOnlySpan<int> Unseen(ReadOnlySpan<int> sequence) => Held.Length == 0 ? sequence : sequence[^1..];
    }

    private sealed class OneBehind(ILanguageModel model, DecodingOptions options, IRandomness randomness) : ModelDraftingRound(model, options, randomness, m => new(m))
    {
        public override void Settle(int accepted)
        {
            base.Settle(accepted);
            Held.Keep(Math.Max(0, Held.Length - 1));
        }

        protected override ReadOnlySpan<int> Unseen(ReadOnlySpan<int> sequence) => Held.Length == 0 ? sequence : sequence[^1..];
    }
}
