using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Mutants.Planted;

namespace Course.Mutants;

/// <summary>What no check may object to.</summary>
public static class CorrectVariants
{
    public static IReadOnlyList<CorrectVariant> All { get; } =
    [
        new("decoy: accept if a fresh sample agrees",
            "The target draws for itself; the draft token counts as accepted when it is the same. What is emitted is the target's draw in either case. Fewer tokens stand: Σ p·q instead of Σ min(p, q).",
            subject => subject.With(new FreshSampleAgrees())),
        new("no bonus",
            "A draft that stands whole ends with its own last token, as if that were the target's. The law is the same; a token a round is given away.",
            subject => subject.With(new NoBonus())),
        new("draft under its own options",
            "The draft draws from its raw distribution and says so. Any q will do, as long as it is the one that was drawn from; a matching one is accepted more often.",
            subject => subject.WithDraftSampling(sampling => sampling.Temperature == 0 ? sampling : SamplingOptions.Default)),
        new("sharper draft",
            "The draft draws at a lower temperature than the target, and says so.",
            subject => subject.WithDraftSampling(sampling => sampling with { Temperature = sampling.Temperature / 2 })),
        new("residual over its own sum, by hand",
            "Subtracts what is common, p − min(p, q), and divides by what is left of one: the same numbers up to rounding.",
            subject => subject.With(new LeftOver())),
        new("decoy: a fresh sample walks the tree",
            "The target draws for itself at every node and goes on wherever its draw is among the candidates. What is emitted is the target's draw in either case.",
            subject => subject.WithTreeRule(new FreshSampleWalks())),
        new("independent siblings, the last one first",
            "Judges candidates that were drawn independently in reverse. Independent draws of one law have no order; those without replacement do.",
            subject => subject.WithTreeRule(new LastFirst())),
        new("as far as the slowest, with own tokens",
            "All sequences keep the smallest accepted length; one that accepted more ends with its own next accepted token, which the rule had settled. " +
            "What lies beyond is dropped whatever it was, so nothing is selected. Tokens are given away, and a seed's text depends on the company.",
            subject => subject with { Batch = BatchingMutants.ToTheSlowest((draft, _, length, _) => draft.Tokens[length]) },
            Forgoes: "batch alone"),
    ];

    private sealed class FreshSampleAgrees : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            for (var i = 0; i < draft.Count; i++)
                if (randomness.Draw(target[i]) is var own && own != draft[i].Token)
                    return new(i, own);
            return new(draft.Count, randomness.Draw(target[draft.Count]));
        }
    }

    private sealed class NoBonus : ChainRule
    {
        protected override ChainVerdict Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            for (var i = 0; i < draft.Count; i++)
            {
                var (x, q) = draft[i];
                if (!Accepts(target[i], q, x, randomness))
                    return new(i, Replace(target[i], q, x, randomness));
            }
            return draft.Count > 0 ? new(draft.Count - 1, draft[^1].Token) : new(0, Bonus(target[0], randomness));
        }
    }

    private sealed class FreshSampleWalks : IVerificationRule
    {
        public DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var path = new List<int>();
            for (var (node, judged) = (TokenTree.Root, 0); ; path.Add(node))
            {
                var own = randomness.Draw(target[node + 1]);
                int[] candidates = [.. draft.ChildrenOf(node)];
                var at = Array.FindIndex(candidates, child => draft.Tokens[child] == own);
                judged += at < 0 ? candidates.Length : at + 1;
                if (at < 0)
                    return new(path, own, judged);
                node = candidates[at];
            }
        }
    }

    private sealed class LastFirst : TreeRule
    {
        protected override IEnumerable<int> Candidates(DraftTree draft, int node, double[] p) =>
            draft.Draw == SiblingDraw.Independent ? draft.ChildrenOf(node).Reverse() : draft.ChildrenOf(node);
    }

    private sealed class LeftOver : ChainRule
    {
        protected override int Replace(double[] p, double[] q, int x, IRandomness randomness)
        {
            double[] left = [.. p.Zip(q, (a, b) => a - Math.Min(a, b))];
            var sum = CompensatedSum.Of(left);
            return randomness.Draw([.. left.Select(share => share / sum)]);
        }
    }
}
