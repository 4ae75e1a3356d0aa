using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>Wrong answers to "does this draft token stand?"</summary>
internal static class AcceptanceMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("threshold", Area.Acceptance,
            "Accepts when p(x) ≥ q(x), rejects otherwise: no chance in it.",
            "Text looks fine; tokens that the draft overrates never stand, and the residual makes up for it twice.",
            "\"Accept if the target likes it at least as much\" sounds like the rule.",
            subject => subject.With(new Threshold())),
        new("good-enough", Area.Acceptance,
            "Accepts every token to which the target gives at least a tenth.",
            "Faster than the papers; quality drifts towards the draft.",
            "It is what \"typical acceptance\" does, and one forgets that it does not claim to be lossless.",
            subject => subject.With(new GoodEnough())),
        new("accept-all", Area.Acceptance,
            "Accepts every draft token.",
            "Speed-ups beyond belief, in the draft's voice.",
            "A judge that only looks at lengths lets it pass.",
            subject => subject.With(new AcceptAll())),
        new("ratio-upside-down", Area.Acceptance,
            "Accepts with min(1, q/p).",
            "Tokens that the draft overrates always stand.",
            "Papers disagree on which letter is the target.",
            subject => subject.With(new UpsideDown())),
        new("argmax-match", Area.Acceptance,
            "Accepts only the target's most probable token, while the target samples.",
            "Samples that read like greedy text.",
            "It is right for greedy decoding, where most implementations begin.",
            subject => subject.With(new ArgmaxMatch())),
        new("rounded-ratio", Area.Acceptance,
            "Computes the ratio in half precision.",
            "None that statistics would show: a bias of the fourth digit.",
            "The probabilities come off the accelerator in that type.",
            subject => subject.With(new RoundedRatio())),
        new("same-chance-again", Area.Acceptance,
            "Makes its generator anew, from the same seed, for every decision.",
            "Drafts stand or fall together; acceptance looks bimodal.",
            "Seeding next to the use makes a run reproducible.",
            subject => subject.With(new SameChanceAgain())),
        new("next-positions-p", Area.Acceptance,
            "Judges token i by the target's distribution after it instead of before it.",
            "Acceptance collapses; what stands is arbitrary.",
            "Logits at index i answer what follows token i: off by one, the classic.",
            subject => subject.With(new NextPosition())),
        new("skip-the-rejected", Area.Acceptance,
            "Drops a rejected token and keeps later ones that pass.",
            "Sentences with a word missing.",
            "Filtering an array by a mask is one line.",
            subject => subject.With(new SkipTheRejected())),
    ];

    private sealed class Threshold : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => p[x] >= q[x];
    }

    private sealed class GoodEnough : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => p[x] >= 0.1;
    }

    private sealed class AcceptAll : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => true;
    }

    private sealed class UpsideDown : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => randomness.Accept(Math.Min(1, q[x] / p[x]));
    }

    private sealed class ArgmaxMatch : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => x == Array.IndexOf(p, p.Max());
    }

    private sealed class RoundedRatio : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => randomness.Accept(Math.Min(1, (double)(Half)(p[x] / q[x])));
    }

    private sealed class SameChanceAgain : ChainRule
    {
        protected override bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => new SeededRandomness(42).Accept(Math.Min(1, p[x] / q[x]));
    }

    private sealed class NextPosition : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            for (var i = 0; i < draft.Count; i++)
                if (!Accepts(target[i + 1], draft[i].Distribution, draft[i].Token, randomness))
                    return new(i, Replace(target[i], draft[i].Distribution, draft[i].Token, randomness));
            return new(draft.Count, Bonus(target[draft.Count], randomness));
        }
    }

    private sealed class SkipTheRejected : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            // The tokens that pass count as if they were the first ones.
            var passed = draft.Index().Count(at => Accepts(target[at.Index], at.Item.Distribution, at.Item.Token, randomness));
            return new(passed, Bonus(target[passed], randomness));
        }
    }
}
