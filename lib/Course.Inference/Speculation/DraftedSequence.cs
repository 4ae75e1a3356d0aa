using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>A sequence as a draft model follows it, and its draft on the way.</summary>
internal sealed class DraftedSequence(Sequence sequence, SiblingSampler siblings, int vocabularySize)
{
    private readonly List<double[]> distributions = []; // [1 + nodes] of [V], kept between drafts
    private readonly List<int> fed = [];   // nodes that the draft's cache holds after the text, in their order there
    private TreeGrowth growth = new(TreeShape.Empty);
    private List<int> level = []; // nodes of the shape, or the root, after which candidates are drawn next
    private bool begun; // whether the text has been fed, so that nodes come next

    public Sequence Sequence => sequence;

    /// <summary>Tokens of the text when the draft was asked for.</summary>
    public int Given { get; private set; }

    public void Begin(TreeShape shape)
    {
        (Given, begun, growth, level) = (sequence.Length, false, new(shape), [TokenTree.Root]);
        fed.Clear();
    }

    /// <summary>
    /// What it brings to the next call: first what the draft has not seen of the text, then each depth's nodes that are to have candidates
    /// after them.
    /// </summary>
    public void Feed(RaggedCall call, int cached)
    {
        if (!begun && growth.Shape.Count > 0)
        {
            begun = true;
            call.AddRow(sequence.Text[cached..], [], tree: null, answered: 1);
            return;
        }
        level = begun ? NextLevel() : [];
        call.AddRow([], [.. level.Select(growth.TokenOf)], level.Count == 0 || growth.Shape.IsChain ? null : Tree(), level.Count);
        fed.AddRange(level);
    }

    /// <summary>Draws the candidates after what was fed last.</summary>
    public void Grow(Logits logits, int row)
    {
        for (var i = 0; i < level.Count; i++)
            Grow(level[i], logits[row, i]);
    }

    public DraftTree Draft() => growth.Tree(siblings.Draw);

    /// <summary>
    /// Where the nodes of an accepted path lie after the text. A leaf was never fed: it comes with the next call, before the target's own
    /// token.
    /// </summary>
    public IReadOnlyList<int> FedOf(IReadOnlyList<int> path)
    {
        var places = new List<int>(path.Count);
        foreach (var node in path)
            if (fed.IndexOf(growth.NodeOf(node)) is >= 0 and var place)
                places.Add(place);
        return places;
    }

    /// <summary>
    /// The children of the last level that have a token and are to have children. After a stop token nothing would be emitted.
    /// </summary>
    private List<int> NextLevel()
    {
        var next = new List<int>();
        foreach (var parent in level)
            foreach (var child in growth.Shape.ChildrenOf(parent))
                if (growth.Has(child) && growth.Shape.ChildrenOf(child).Count > 0 && !sequence.Options.StopTokens.Contains(growth.TokenOf(child)))
                    next.Add(child);
        return next;
    }

    /// <summary>How this level's nodes branch among those that are in the cache.</summary>
    private TokenTree Tree() => new([.. fed.Concat(level).Select(node => fed.IndexOf(growth.Shape.ParentOf(node)))], held: fed.Count);

    private void Grow(int node, ReadOnlySpan<float> logits)
    {
        while (distributions.Count <= node + 1)
            distributions.Add(new double[vocabularySize]);
        growth.Grow(node, siblings.Sample(logits, growth.Shape.ChildrenOf(node).Count, distributions[node + 1]), distributions[node + 1]);
    }
}
