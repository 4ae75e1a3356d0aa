using Course.Inference.Decoding.Drafts;

namespace Course.Inference.Speculation;

/// <summary>A draft on its way: the nodes of a shape, as far as they have tokens.</summary>
internal sealed class TreeGrowth(TreeShape shape)
{
    private readonly int?[] tokens = new int?[shape.Count];
    private readonly double[]?[] distributions = new double[]?[shape.Count + 1];
    private readonly List<int> grown = []; // of the draft as it is handed over, which node of the shape each one is

    public TreeShape Shape => shape;

    public bool Has(int node) => tokens[node] is not null;

    public int TokenOf(int node) => tokens[node]!.Value;

    /// <summary>The node of the shape that a node of the draft is.</summary>
    public int NodeOf(int node) => grown[node];

    /// <summary>Candidates after a node, or the root; fewer than the shape has where its distribution has no more.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="candidates">In the order in which they were drawn.</param>
    /// <param name="distribution">q, [V].</param>
    public void Grow(int node, IReadOnlyList<int> candidates, double[] distribution)
    {
        distributions[node + 1] = distribution;
        var children = shape.ChildrenOf(node);
        for (var i = 0; i < candidates.Count; i++)
            tokens[children[i]] = candidates[i];
    }

    public DraftTree Tree(SiblingDraw draw)
    {
        grown.Clear();
        for (var node = 0; node < shape.Count; node++)
            if (Has(node))
                grown.Add(node);
        if (grown.Count == 0)
            return DraftTree.Empty;
        var (parents, q) = (new int[grown.Count], new double[]?[grown.Count + 1]);
        q[0] = distributions[0];
        for (var i = 0; i < parents.Length; i++)
            (parents[i], q[i + 1]) = (grown.IndexOf(shape.ParentOf(grown[i])), distributions[grown[i] + 1]);
        return new([.. grown.Select(TokenOf)], parents, draw, q);
    }
}
