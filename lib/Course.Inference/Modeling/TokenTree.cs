namespace Course.Inference.Modeling;

/// <summary>
/// How tokens branch after a text: each node follows its parent, and sees the text, its ancestors and itself, and no other node. Node i lies in
/// the cache behind the text at place i, whatever its depth; its position in its own text, by which its query and key are rotated, goes by depth.
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

    private TokenTree(TokenTree nodes, int lead) => (parents, paths, Lead) = (nodes.parents, nodes.paths, lead);

    /// <summary>The same tree in a call that brings some of the text too: its first tokens, which all nodes follow.</summary>
    /// <param name="tokens">How many.</param>
    /// <exception cref="CourseException">The cache holds nodes already: no text can come before them any more.</exception>
    public TokenTree Behind(int tokens) => Held == 0 && tokens >= 0
        ? new(this, tokens)
        : throw new CourseException($"{tokens} tokens of the text cannot come before a tree of which the cache already holds {Held} nodes.");

    /// <summary>Nodes, those held with them.</summary>
    public int Count => parents.Length;

    /// <summary>How many nodes are in the cache before the call.</summary>
    public int Held { get; }

    /// <summary>How many tokens of the text the call brings before its nodes.</summary>
    public int Lead { get; }

    /// <summary>T: how many tokens the call brings.</summary>
    public int New => Lead + Count - Held;

    public int ParentOf(int node) => parents[node];

    /// <summary>0 for a node that follows the text itself.</summary>
    public int DepthOf(int node) => paths[node].Length - 1;

    /// <summary>What a node sees of the tree: its ancestors from the root down, and itself. Ascending.</summary>
    public ReadOnlySpan<int> PathTo(int node) => paths[node];

    /// <summary>The number of a token of the call as a node; negative for one of the text.</summary>
    public int NodeAt(int position) => Held + position - Lead;
}
