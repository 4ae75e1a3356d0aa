using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants.Planted;

/// <summary>Several candidates at a place, and what one more candidate makes possible to get wrong.</summary>
internal static class TreeMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("siblings-judged-by-the-same-p", Area.Trees,
            "Judges every sibling by the target's p, as if its elder siblings had not been rejected.",
            "Acceptance beyond the theory; tokens that the draft overrates come too often.",
            "The rule for one candidate, in a loop.",
            subject => subject.WithTreeRule(new SameP())),
        new("last-residual-forgotten", Area.Trees,
            "When no candidate stands, draws from p instead of what the candidates left of it.",
            "The law drifts towards the draft, the more the more candidates there are.",
            "\"No draft worked, so decode normally.\"",
            subject => subject.WithTreeRule(new PlainDraw())),
        new("without-replacement-judged-by-q", Area.Trees,
            "Draws siblings without replacement and judges each by q, as if it had been drawn from all of it.",
            "A bias towards tokens that q finds less probable; none where q is flat.",
            "q is what the draft model returned; that drawing changed it is easily missed.",
            subject => subject.WithTreeDrafter((model, draw) => new Redrafting(new ModelDrafter(model, draw), (tree, _) => SaidToBeIndependent(tree)))),
        new("chosen-candidates-judged-by-q", Area.Trees,
            "Takes the k most probable tokens and judges them as if they had been drawn from q.",
            "More tokens per call than any lossless tree has.",
            "Trees of the best k are what implementations build; the rule is the paper's, which draws.",
            subject => subject.WithTreeDrafter((model, _) => new Redrafting(new ModelDrafter(model, SiblingDraw.Chosen), (tree, _) => Redrafting.SaidToBeDrawn(tree)))),
        new("best-candidate-first", Area.Trees,
            "Judges the candidates in the order of the target's p instead of that in which they were drawn.",
            "A bias towards the target's favourites: text a little too safe.",
            "It finds an acceptable candidate sooner.",
            subject => subject.WithTreeRule(new BestFirst())),
        new("repeats-left-out", Area.Trees,
            "Leaves out a candidate that was drawn twice, and judges the others as before.",
            "Total variation of hundredths, and only where siblings are drawn independently.",
            "A repeat was rejected once and cannot stand; but its rejection, too, changes what is left of p.",
            subject => subject.WithTreeRule(new NoRepeats())),
        new("mask-is-a-triangle", Area.Trees,
            "A node sees every node before it, its siblings too: the mask of a chain.",
            "Every path but the first is judged by another text's distribution.",
            "is_causal is one argument, a tree's mask is a tensor of one's own.",
            subject => subject with { Trees = subject.Trees with { Sees = (_, node) => Enumerable.Range(0, node + 1) } }),
        new("positions-by-place", Area.Trees,
            "Turns a node by its place in the cache instead of its depth.",
            "Right on the first path; elsewhere quality falls as trees get wider.",
            "Positions are cache length plus index, everywhere else.",
            subject => subject with { Trees = subject.Trees with { Position = (_, node) => node } }),
        new("first-path-kept", Area.Trees,
            "Rewinds the target's cache by as many nodes as were rejected, as with a chain, and so keeps the first nodes instead of the path that stood.",
            "Text derails whenever a second candidate stands.",
            "A rewind is all that a cache could do until trees came.",
            subject => subject.WithTargetCache(held => new FirstPath(held))),
        new("draft-keeps-the-first-path", Area.Trees,
            "The same in the draft's cache.",
            "Text right; acceptance falls for the rest of the text after a second candidate has stood.",
            "The target's text is right, so who looks at the draft?",
            subject => subject.WithTreeDrafter((model, draw) => new ModelDrafter(new LyingModel(model, held => new FirstPath(held)), draw))),
    ];

    private sealed class SameP : TreeRule
    {
        protected override double[] Rejected(double[] p, double[] q) => p;
    }

    private sealed class PlainDraw : TreeRule
    {
        public override DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var verdict = base.Verify(draft, target, randomness);
            var last = verdict.Path.Count > 0 ? verdict.Path[^1] : TokenTree.Root;
            return draft.ChildrenOf(last).Any() ? verdict with { Next = randomness.Draw(target[last + 1]) } : verdict;
        }
    }

    private sealed class BestFirst : TreeRule
    {
        protected override IEnumerable<int> Candidates(DraftTree draft, int node, double[] p) => draft.ChildrenOf(node).OrderByDescending(child => p[draft.Tokens[child]]);
    }

    private sealed class NoRepeats : TreeRule
    {
        protected override IEnumerable<int> Candidates(DraftTree draft, int node, double[] p) => draft.ChildrenOf(node).DistinctBy(child => draft.Tokens[child]);
    }

    private static Subject WithTreeDrafter(this Subject subject, Func<ILanguageModel, SiblingDraw, IDrafter> drafter) =>
        subject with { Trees = subject.Trees with { Drafter = drafter } };

    private static DraftTree SaidToBeIndependent(DraftTree tree) =>
        tree.Draw == SiblingDraw.WithoutReplacement ? new(tree.Tokens, tree.Parents, SiblingDraw.Independent, tree.Distributions) : tree;
}
