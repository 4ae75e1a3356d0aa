using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>What became of a chain.</summary>
/// <param name="Accepted">How many of its tokens, from the first on.</param>
/// <param name="Next">The target's own token after them.</param>
internal readonly record struct ChainVerdict(int Accepted, int Next);

/// <summary>The rule for chains in three decisions, so that a bug can replace one of them.</summary>
internal abstract class ChainRule : IVerificationRule
{
    public DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
    {
        var V = target[0].Length;
        var verdict = Verify([.. draft.Tokens.Select((token, node) => new DraftToken(token, draft.DistributionOf(node, V)))], target, randomness);
        return new([.. Enumerable.Range(0, verdict.Accepted)], verdict.Next, Math.Min(verdict.Accepted + 1, draft.Count));
    }

    /// <param name="draft">γ tokens.</param>
    /// <param name="target">γ + 1 distributions, [V] each.</param>
    /// <param name="randomness">Answers every question of chance.</param>
    protected virtual ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
    {
        for (var i = 0; i < draft.Count; i++)
        {
            var (x, q) = draft[i];
            if (!Accepts(target[i], q, x, randomness))
                return new(i, Replace(target[i], q, x, randomness));
        }
        return new(draft.Count, Bonus(target[draft.Count], randomness));
    }

    protected virtual bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => randomness.Accept(SpeculativeSampling.AcceptanceProbability(p, q, x));

    protected virtual int Replace(double[] p, double[] q, int x, IRandomness randomness) => randomness.Draw(SpeculativeSampling.Residual(p, q));

    protected virtual int Bonus(double[] p, IRandomness randomness) => randomness.Draw(p);
}
