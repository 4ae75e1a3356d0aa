using Course.Inference.Modeling;

namespace Course.Inference.Speculation.Trees;

/// <summary>What a decoder asks of a tree before it spends a call of the target on it: a drafter may be anybody's code.</summary>
internal static class TreeProposal
{
    /// <exception cref="CourseException">Too many nodes or too deep, a token outside the vocabulary or excluded by its own law, or a law that is none.</exception>
    public static void Require(DraftTree draft, TreeShape shape, int vocabularySize)
    {
        if (draft.Count > shape.Count || draft.Parents.Count != draft.Count)
            throw new CourseException($"The drafter proposes {draft.Count} nodes with {draft.Parents.Count} parents where at most {shape.Count} were asked for.");
        if (draft.Count == 0)
            return;
        for (var node = 0; node < draft.Count; node++)
        {
            if (draft.Tree.DepthOf(node) >= shape.Depth)
                throw new CourseException($"Node {node} of the draft is at depth {draft.Tree.DepthOf(node)}; at most {shape.Depth} tokens may follow one another.");
            if ((uint)draft.Tokens[node] >= (uint)vocabularySize)
                throw new CourseException(
                    $"Draft token {node} is {draft.Tokens[node]}, which is not in the target's vocabulary of {vocabularySize} tokens. The drafter must use the target's tokenizer.");
        }
        if (draft.Draw == SiblingDraw.Chosen)
            return;
        if (draft.Laws.Count != draft.Count + 1)
            throw new CourseException($"The draft must bring a distribution for the text and each of its {draft.Count} nodes, null where nothing was drawn; got {draft.Laws.Count}.");
        for (var node = TokenTree.Root; node < draft.Count; node++)
            RequireLaw(draft, node, vocabularySize);
    }

    private static void RequireLaw(DraftTree draft, int node, int vocabularySize)
    {
        int[] drawn = [.. draft.ChildrenOf(node).Select(child => draft.Tokens[child])];
        if (drawn.Length == 0)
            return;
        var law = draft.Laws[node + 1];
        Proposal.RequireLaw(law, $"behind node {node} of the draft", vocabularySize);
        foreach (var token in drawn)
            if (law![token] == 0)
                throw new CourseException(
                    $"Behind node {node} the draft proposes token {token}, to which its own distribution gives 0. It must hand over the distribution that the token was drawn from.");
        if (draft.Draw == SiblingDraw.WithoutReplacement && drawn.Distinct().Count() < drawn.Length)
            throw new CourseException($"Behind node {node} the draft proposes [{string.Join(", ", drawn)}]: drawn without replacement, no two are alike.");
    }
}
