using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>The rule for trees in its decisions, so that a bug can replace one of them.</summary>
internal abstract class TreeRule : IVerificationRule
{
    public virtual DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
    {
        var path = new List<int>();
        for (var (node, judged) = (TokenTree.Root, 0); ; path.Add(node))
        {
            var p = target[node + 1];
            var accepted = TokenTree.Root;
            foreach (var candidate in Candidates(draft, node, p))
            {
                var (x, q) = (draft.Tokens[candidate], draft.DistributionOf(candidate, p.Length));
                judged++;
                if (randomness.Accept(SpeculativeSampling.AcceptanceProbability(p, q, x)))
                {
                    accepted = candidate;
                    break;
                }
                p = Rejected(p, q);
            }
            if (accepted == TokenTree.Root)
                return new(path, randomness.Draw(p), judged);
            node = accepted;
        }
    }

    /// <summary>The candidates after a node, in the order in which they were drawn: no other will do.</summary>
    protected virtual IEnumerable<int> Candidates(DraftTree draft, int node, double[] p) => draft.ChildrenOf(node);

    /// <summary>What the next candidate, or the target itself, is to make up for after a rejection.</summary>
    protected virtual double[] Rejected(double[] p, double[] q) => SpeculativeSampling.Residual(p, q);
}
