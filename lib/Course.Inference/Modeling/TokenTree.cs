namespace Course.Inference.Modeling;

/// <summary>
/// How tokens branch behind a text: each node follows its parent, and sees the text, its ancestors and itself, and no other node. Node i stands in
/// the cache behind the text at place i, whatever its depth; its position in its own text, which is what turns its query and key, goes by depth.
/// A chain is the tree in which every node follows the one before it.
/// </summary>
public sealed class TokenTree
{
    /// <summary>The parent of a node that follows the text itself.</summary>
    public const int Root = -1;

    private readonly int[] parents; // [nodes]
    private readonly int[][] paths; // [nodes]: ancestors from the root down, and the node

    /// <param name="parents">[nodes]: each one's parent, an earlier node or <see cref="Root"/>.</param>
    /// <param name="held">How many of them, the first ones, the cache already holds; a call brings the others.</param>
    /// <exception cref="CourseException">There are no new nodes, or a parent does not come before its child.</exception>
    public TokenTree(ReadOnlySpan<int> parents, int held = 0)
    {
        if (held < 0 || held >= parents.Length)
            throw new CourseException($"A call brings at least one new node of a tree; got {parents.Length} nodes of which {held} are held.");
        (this.parents, Held, paths) = (parents.ToArray(), held, new int[parents.Length][]);
        for (var node = 0; node < parents.Length; node++)
        {
            var parent = parents[node];
            if (parent < Root || parent >= node)
                throw new CourseException($"Node {node} of the tree has the parent {parent}; a parent is an earlier node, or {Root} for the text itself.");
            paths[node] = parent == Root ? [node] : [.. paths[parent], node];
        }
    }

    /// <summary>The same tree behind a chain of tokens that come with it: its first nodes are these.</summary>
    public TokenTree Behind(int chain) => new([.. Enumerable.Range(Root, chain), .. parents.Select(parent => parent + chain)]);

    /// <summary>Nodes, those held with them.</summary>
    public int Count => parents.Length;

    /// <summary>How many nodes are in the cache before the call.</summary>
    public int Held { get; }

    /// <summary>T: how many nodes the call brings.</summary>
    public int New => Count - Held;

    public int ParentOf(int node) => parents[node];

    /// <summary>0 for a node that follows the text itself.</summary>
    public int DepthOf(int node) => paths[node].Length - 1;

    /// <summary>What a node sees of the tree: its ancestors from the root down, and itself. Ascending.</summary>
    public ReadOnlySpan<int> PathTo(int node) => paths[node];
}
