using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>Wrong answers to "and what comes in its place?"</summary>
internal static class ResidualMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("no-residual", Area.Residual,
            "Samples the target afresh after a rejection.",
            "The draft's favourites come up too often; every text reads well.",
            "\"If the draft is wrong, ask the target\": the commonest answer at a whiteboard.",
            subject => subject.With(new NoResidual())),
        new("softmax-of-the-residual", Area.Residual,
            "Applies a softmax to max(0, p − q) instead of dividing by its sum.",
            "Replacements are almost uniform: rare nonsense words.",
            "A softmax is how one makes a distribution.",
            subject => subject.With(new SoftmaxResidual())),
        new("absolute-difference", Area.Residual,
            "Draws from |p − q|, normalised.",
            "Tokens that the draft overrates come back after they were rejected.",
            "The clamp at zero looks like protection against rounding.",
            subject => subject.With(new AbsoluteDifference())),
        new("only-without-x", Area.Residual,
            "Draws from p without the rejected token.",
            "Exact for lookup drafts, biased for sampled ones.",
            "The rejected token must not come again, and this sees to it.",
            subject => subject.With(new OnlyWithoutX())),
        new("most-missing-token", Area.Residual,
            "Takes the largest entry of the residual instead of drawing.",
            "Less variety than the target has.",
            "It saves a draw.",
            subject => subject.With(new MostMissing())),
        new("residual-upside-down", Area.Residual,
            "Draws from max(0, q − p).",
            "Replacements are what the draft wanted all along.",
            "The order of a subtraction.",
            subject => subject.With(new UpsideDown())),
        new("residual-one-on", Area.Residual,
            "Takes p of the position behind the rejected token.",
            "The replacement would fit a word later.",
            "Off by one between drafts and logits.",
            subject => subject.With(new OneOn())),
    ];

    private static double[] Normalised(IEnumerable<double> weights)
    {
        double[] taken = [.. weights];
        return [.. taken.Select(weight => weight / taken.Sum())];
    }

    private sealed class NoResidual : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness) => randomness.Draw(p);
    }

    private sealed class SoftmaxResidual : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness) =>
            randomness.Draw(Normalised(p.Zip(q, (a, b) => Math.Exp(Math.Max(0, a - b)))));
    }

    private sealed class AbsoluteDifference : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness) => randomness.Draw(Normalised(p.Zip(q, (a, b) => Math.Abs(a - b))));
    }

    private sealed class OnlyWithoutX : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness) =>
            randomness.Draw(Normalised(p.Select((share, token) => token == x ? 0 : share)));
    }

    private sealed class MostMissing : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness) => Array.IndexOf(SpeculativeSampling.Residual(p, q), SpeculativeSampling.Residual(p, q).Max());
    }

    private sealed class UpsideDown : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness) => randomness.Draw(SpeculativeSampling.Residual(q, p));
    }

    private sealed class OneOn : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            for (var i = 0; i < draft.Count; i++)
                if (!Accepts(target[i], draft[i].Distribution, draft[i].Token, randomness))
                    return new(i, Replace(target[i + 1], draft[i].Distribution, draft[i].Token, randomness));
            return new(draft.Count, Bonus(target[draft.Count], randomness));
        }
    }
}
