using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>
/// Recursive rejection sampling (SpecInfer, Miao et al. 2023, algorithm 2, for independent draws; Jeon et al. 2024 and Yang et al. 2024 for draws without replacement).
/// Behind a node with p the target's distribution and candidates x₁, x₂, … in the order in which they were drawn, each from q_j given its elder siblings,
/// <code>
/// p₁ = p        accept x_j with probability min(1, p_j(x_j) / q_j(x_j)); else p_{j+1} = norm(max(0, p_j − q_j))
/// </code>
/// and if none stands, draw from the last p. It is <see cref="SpeculativeSampling"/> once for every candidate: what is left for p to emit after a rejection is
/// the residual, whoever draws it, be it the next candidate's lottery or the target itself. So what follows the node has law p, whatever the q_j were; and the
/// same again behind the candidate that stands. The bonus is the case of a node without candidates.
/// </summary>
public class TreeSampling : ITreeVerificationRule
{
    public virtual TreeJudgement Verify(DraftTree draft, Func<int, double[]> target, IRandomness randomness)
    {
        var path = new List<int>();
        for (var (node, judged) = (TokenTree.Root, 0); ;)
        {
            var p = target(node);
            var stands = TokenTree.Root;
            foreach (var candidate in Candidates(draft, node, p))
            {
                var (x, q) = (draft.Tokens[candidate], draft.LawOf(candidate, p.Length));
                judged++;
                if (randomness.Accept(SpeculativeSampling.AcceptanceProbability(p, q, x)))
                {
                    stands = candidate;
                    break;
                }
                p = Rejected(p, q, x);
            }
            if (stands == TokenTree.Root)
                return new(path, Next: randomness.Draw(p), judged);
            path.Add(node = stands);
        }
    }

    /// <summary>The candidates behind a node, in the order in which they were drawn: no other will do.</summary>
    protected virtual IEnumerable<int> Candidates(DraftTree draft, int node, double[] p) => draft.ChildrenOf(node);

    /// <summary>What the next candidate, or the target itself, is to make up for when x was rejected.</summary>
    protected virtual double[] Rejected(double[] p, double[] q, int x) => SpeculativeSampling.Residual(p, q);
}
