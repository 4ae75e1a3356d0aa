using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>Wrong answers to "and if all of them stand?"</summary>
internal static class BonusMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("bonus-for-a-rejected-draft", Area.Bonus,
            "Draws the bonus also when the last draft token was rejected.",
            "Total variation of tenths for short drafts, less for longer ones.",
            "The test for \"all accepted\" counts emitted tokens, and a replacement counts as well.",
            subject => subject.With(new ForARejectedDraft())),
        new("bonus-from-the-draft", Area.Bonus,
            "Draws the bonus from the draft's last distribution.",
            "Every (γ + 1)-th token is in the draft's voice.",
            "It lies at hand, and the target \"has agreed with all of it\".",
            subject => subject.With(new FromTheDraft())),
        new("bonus-is-argmax", Area.Bonus,
            "Takes the most probable token as bonus, while the rest is sampled.",
            "A little less variety, more with short drafts.",
            "\"It is free, so take the best.\"",
            subject => subject.With(new Argmax())),
        new("bonus-one-back", Area.Bonus,
            "Draws the bonus from the distribution of the last draft token's own place.",
            "Words are doubled now and then.",
            "γ distributions for γ tokens: one forgets that there is one more.",
            subject => subject.With(new OneBack())),
    ];

    private sealed class ForARejectedDraft : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var verdict = base.Verify(draft, target, randomness);
            var own = verdict.Accepted < draft.Count ? 1 : 0;
            return draft.Count > 0 && verdict.Accepted + own == draft.Count ? verdict with { Next = Bonus(target[draft.Count], randomness) } : verdict;
        }
    }

    private sealed class FromTheDraft : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var verdict = base.Verify(draft, target, randomness);
            return draft.Count > 0 && verdict.Accepted == draft.Count ? verdict with { Next = randomness.Draw(draft[^1].Distribution) } : verdict;
        }
    }

    private sealed class Argmax : ChainRule
    {
        protected override int Bonus(double[] p, IRandomness randomness) => Array.IndexOf(p, p.Max());
    }

    private sealed class OneBack : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var verdict = base.Verify(draft, target, randomness);
            return draft.Count > 0 && verdict.Accepted == draft.Count ? verdict with { Next = randomness.Draw(target[^2]) } : verdict;
        }
    }
}
