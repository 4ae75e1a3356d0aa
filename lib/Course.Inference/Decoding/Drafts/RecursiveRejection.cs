using System.Buffers;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>
/// Recursive rejection sampling (SpecInfer, Miao et al. 2023, algorithm 2, for independent draws; Jeon et al. 2024 and Yang et al. 2024 for
/// draws without replacement). After a node with p the target's distribution and candidates x₁, x₂, … in the order in which they were
/// drawn, each from q_j given its elder siblings,
/// <code>
/// p₁ = p        accept x_j with probability min(1, p_j(x_j) / q_j(x_j)); else p_{j+1} = norm(max(0, p_j − q_j))
/// </code>
/// and if none is accepted, draw from the last p. It is <see cref="SpeculativeSampling"/> once for every candidate: what is left for p to
/// emit after a rejection is the residual, whoever draws it, the next candidate's drafter or the target itself. So what follows the node
/// has the distribution p, whatever the q_j were;
/// and the same again after the candidate that is accepted. A node without candidates is the bonus: the target has computed that
/// distribution anyway.
/// On a chain these are the questions of Leviathan et al.; without a draft it is one draw from p.
/// </summary>
/// <param name="candidate">What is decided about one candidate; the papers' rule by default.</param>
public sealed class RecursiveRejection(ICandidateRule? candidate = null) : IVerificationRule
{
    private readonly ICandidateRule rule = candidate ?? new SpeculativeSampling();

    public DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
    {
        if (draft.Count == 0)
            return new([], randomness.Draw(target[0]), Judged: 0);
        var rented = ArrayPool<double>.Shared.Rent(3 * target[0].Length);
        try
        {
            return Verify(draft, target, randomness, rented.AsSpan(0, 3 * target[0].Length));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <param name="draft">At least one node.</param>
    /// <param name="target">[1 + nodes] of [V].</param>
    /// <param name="randomness">Answers every question of chance.</param>
    /// <param name="room">[3 · V]: for q, and for the residuals of one candidate and the next.</param>
    private DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness, Span<double> room)
    {
        var (V, judged, path) = (room.Length / 3, 0, new List<int>());
        for (var node = TokenTree.Root; ;)
        {
            ReadOnlySpan<double> p = target[node + 1];
            var candidate = draft.FirstChildOf(node);
            for (; candidate != DraftTree.None; candidate = draft.NextSiblingOf(candidate))
            {
                var x = draft.Tokens[candidate];
                var q = draft.DistributionOf(candidate, room[..V]);
                judged++;
                if (rule.Accepts(p, q, x, randomness))
                    break;
                var residual = room.Slice((1 + (judged % 2)) * V, V); // not where p is now
                rule.Residual(p, q, x, residual);
                p = residual;
            }
            if (candidate == DraftTree.None)
                return new(path, randomness.Draw(p), judged);
            path.Add(node = candidate);
        }
    }
}
