namespace Course.Inference.Speculation.Trees;

/// <summary>A tree on its way to being drafted: the nodes of a shape, as far as they have tokens.</summary>
internal sealed class TreeGrowth(TreeShape shape)
{
    private readonly int?[] tokens = new int?[shape.Count];
    private readonly double[]?[] laws = new double[]?[shape.Count + 1];
    private int[] grown = []; // of the tree as it was handed over, which node of the shape each one is

    public TreeShape Shape => shape;

    public int TokenOf(int node) => tokens[node]!.Value;

    /// <summary>The node of the shape that a node of the tree is.</summary>
    public int NodeOf(int node) => grown[node];

    /// <summary>Candidates behind a node, or the root; fewer than the shape has where its law has no more.</summary>
    /// <param name="node">Which.</param>
    /// <param name="candidates">In the order in which they were drawn.</param>
    /// <param name="law">q, [V].</param>
    public void Grow(int node, IReadOnlyList<int> candidates, double[] law)
    {
        laws[node + 1] = law;
        foreach (var (child, token) in shape.ChildrenOf(node).Zip(candidates))
            tokens[child] = token;
    }

    /// <summary>The nodes at a depth that have a token and are to have candidates behind it.</summary>
    public int[] InnerNodes(int depth, IReadOnlyCollection<int> stopTokens) =>
        [.. Enumerable.Range(0, shape.Count).Where(node => shape.DepthOf(node) == depth && tokens[node] is { } token && !stopTokens.Contains(token) && shape.ChildrenOf(node).Count > 0)];

    public DraftTree Tree(SiblingDraw draw)
    {
        grown = [.. Enumerable.Range(0, shape.Count).Where(node => tokens[node] is not null)];
        return new(
            [.. grown.Select(TokenOf)], [.. grown.Select(node => Array.IndexOf(grown, shape.ParentOf(node)))], draw,
            [laws[0], .. grown.Select(node => laws[node + 1])]);
    }
}
