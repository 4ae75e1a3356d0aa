using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Mutants.Planted;

/// <summary>The right drafts, about which something else is said.</summary>
internal sealed class Redrafting(IDrafter right, Func<DraftTree, Sequence, DraftTree> change) : IDrafter
{
    public void RequireFit(ILanguageModel target) => right.RequireFit(target);

    public IDrafting Begin(int vocabularySize) => new Redrafted(right.Begin(vocabularySize), change);

    /// <summary>Chosen tokens, of which is said that they were drawn.</summary>
    public static DraftTree SaidToBeDrawn(DraftTree tree) =>
        // At temperature 0 q has one token, and no second one can have been drawn from it.
        Enumerable.Range(0, tree.Count).All(node => tree.Distributions[tree.Parents[node] + 1]![tree.Tokens[node]] > 0)
            ? new(tree.Tokens, tree.Parents, SiblingDraw.WithoutReplacement, tree.Distributions)
            : tree;

    private sealed class Redrafted(IDrafting right, Func<DraftTree, Sequence, DraftTree> change) : IDrafting
    {
        public ModelUsage Usage => right.Usage;

        public void Join(Sequence sequence) => right.Join(sequence);

        public IReadOnlyList<DraftTree> Propose(IReadOnlyList<DraftRequest> requests) =>
            [.. right.Propose(requests).Zip(requests, (tree, request) => tree.Count > 0 ? change(tree, request.Sequence) : tree)];

        public void Commit(Sequence sequence, IReadOnlyList<int> path) => right.Commit(sequence, path);

        public void Leave(Sequence sequence) => right.Leave(sequence);

        public void Dispose() => right.Dispose();
    }
}
