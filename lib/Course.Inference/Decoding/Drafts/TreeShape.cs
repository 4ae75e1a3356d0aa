using System.Collections.Concurrent;
using System.Globalization;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>
/// How many candidates are drafted where: a tree whose nodes are numbered from the root down, each subtree in one piece and
/// elder siblings first, so that the path of first candidates lies in a row. A node's rank is its place among its siblings: 0
/// for the one that is drawn first.
/// </summary>
public sealed class TreeShape
{
    private static readonly ConcurrentDictionary<int, TreeShape> Chains = new(); // a step may ask for another one each time

    private readonly int[] parents; // [nodes]
    private readonly int[] ranks;   // [nodes]
    private readonly int[][] children; // [1 + nodes]

    private TreeShape(int[] parents)
    {
        this.parents = parents;
        ranks = [.. parents.Select((parent, node) => parents.Take(node).Count(other => other == parent))];
        children = [.. Enumerable.Range(TokenTree.Root, parents.Length + 1).Select(node => parents.Index().Where(child => child.Item == node).Select(child => child.Index).ToArray())];
        Tree = parents.Length > 0 ? new(parents) : null;
        Depth = Tree is null ? 0 : Enumerable.Range(0, parents.Length).Max(Tree.DepthOf) + 1;
    }

    /// <summary>No draft at all.</summary>
    public static TreeShape Empty { get; } = new([]);


    private TokenTree? Tree { get; }

    /// <summary>Nodes: how many tokens the target verifies beside its own.</summary>
    public int Count => parents.Length;

    /// <summary>The most tokens of a draft that can be accepted together.</summary>
    public int Depth { get; }

    /// <summary>Whether there are no siblings.</summary>
    public bool IsChain => Depth == Count;

    /// <summary>An earlier node, or <see cref="TokenTree.Root"/>.</summary>
    public int ParentOf(int node) => parents[node];

    /// <summary>0 for a node that follows the text itself.</summary>
    public int DepthOf(int node) => Tree!.DepthOf(node);

    /// <summary>The nodes that follow a node, or the root, elder ones first.</summary>
    public IReadOnlyList<int> ChildrenOf(int node) => children[node + 1];

    /// <summary>
    /// As many candidates behind every node of each depth: 4-2-1 has 4, behind each of them 2, behind each of those 1; 20 nodes.
    /// </summary>
    /// <exception cref="CourseException">A depth has no candidates, or there are too many.</exception>
    public static TreeShape Of(params IReadOnlyList<int> branching)
    {
        const int most = 1024;
        long nodes = 0, level = 1;
        foreach (var candidates in branching)
            if (candidates < 1 || (nodes += level *= candidates) > most)
                throw new CourseException($"A tree has at least 1 candidate at every depth and at most {most} nodes; got {string.Join("-", branching)}.");
        var parents = new List<int>();
        void Grow(int parent, int depth)
        {
            for (var rank = 0; depth < branching.Count && rank < branching[depth]; rank++)
            {
                parents.Add(parent);
                Grow(parents.Count - 1, depth + 1);
            }
        }

        Grow(TokenTree.Root, 0);
        return new([.. parents]);
    }

    /// <summary>One candidate at every depth: the draft of plain speculation.</summary>
    public static TreeShape Chain(int length) => length <= 0 ? Empty : Chains.GetOrAdd(length, static γ => new([.. Enumerable.Range(TokenTree.Root, γ)]));

    /// <summary>Candidates by depth, as "4-2-1".</summary>
    /// <exception cref="CourseException">It is something else.</exception>
    public static TreeShape Parse(string text)
    {
        var parts = text.Split('-');
        var counts = new int[parts.Length];
        for (var depth = 0; depth < parts.Length; depth++)
            if (!int.TryParse(parts[depth], NumberStyles.None, CultureInfo.InvariantCulture, out counts[depth]))
                throw new CourseException($"A tree is given as candidates by depth, like 4-2-1; got \"{text}\".");
        return Of(counts);
    }

    /// <summary>
    /// E[tokens per step] = 1 + Σ over the nodes of the product of a_rank along its path, where a_r is the chance that at a node whose p is
    /// asked it is the candidate of rank r that is accepted, taken as the same everywhere. Of a chain it is 1 + α + … + α^γ .
    /// </summary>
    /// <param name="acceptance">a_r by rank; ranks beyond it count as never accepted.</param>
    public double ExpectedTokens(IReadOnlyList<double> acceptance)
    {
        var reached = new double[Count];
        for (var node = 0; node < Count; node++)
            reached[node] = (parents[node] == TokenTree.Root ? 1 : reached[parents[node]]) * (ranks[node] < acceptance.Count ? acceptance[ranks[node]] : 0);
        return 1 + reached.Sum();
    }

    /// <summary>
    /// The tree of so many nodes whose <see cref="ExpectedTokens"/> is greatest: the nodes that are most likely reached and accepted, which
    /// are a tree because none is likelier than its parent nor than its elder sibling (the idea of Sequoia, Chen et al. 2024, whose trees
    /// this equals where a_r falls with r).
    /// </summary>
    /// <param name="nodes">How many.</param>
    /// <param name="acceptance">a_r by rank, each at most as large as the one before it.</param>
    /// <exception cref="CourseException">There are not as many nodes to choose from, or the chances are none or rise.</exception>
    public static TreeShape Best(int nodes, IReadOnlyList<double> acceptance)
    {
        if (nodes < 0 || acceptance.Any(a => !(a is > 0 and <= 1)) || acceptance.Zip(acceptance.Skip(1)).Any(pair => pair.Second > pair.First) || acceptance.Count == 0)
            throw new CourseException($"The best tree of {nodes} nodes needs chances above 0 and at most 1 that do not rise from rank to rank; got [{string.Join(", ", acceptance)}].");
        var chosen = new List<int[]>(); // each node as the ranks of its path
        var open = new PriorityQueue<int[], double>();
        double Reached(int[] path) => path.Aggregate(1.0, (product, rank) => product * acceptance[rank]);
        open.Enqueue([0], -acceptance[0]);
        while (chosen.Count < nodes)
        {
            var path = open.Dequeue();
            chosen.Add(path);
            int[] child = [.. path, 0], sibling = [.. path[..^1], path[^1] + 1];
            open.Enqueue(child, -Reached(child));
            if (sibling[^1] < acceptance.Count)
                open.Enqueue(sibling, -Reached(sibling));
        }

        chosen.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        return new([.. chosen.Select(path => chosen.FindIndex(other => other.AsSpan().SequenceEqual(path.AsSpan(0, path.Length - 1))))]);
    }

    /// <summary>
    /// What of it is within a depth and a number of nodes: deep nodes go first, and of those the youngest. Nothing where either is 0 or
    /// less.
    /// </summary>
    public TreeShape Within(int depth, int nodes)
    {
        if (Depth <= depth && Count <= nodes)
            return this;
        if (IsChain)
            return Chain(Math.Min(depth, nodes));
        var kept = Enumerable.Range(0, Count).Where(node => DepthOf(node) < depth).OrderBy(DepthOf).ThenBy(node => node).Take(nodes).Order().ToArray();
        return new([.. kept.Select(node => Array.IndexOf(kept, parents[node]))]);
    }

    public override string ToString() => $"{Count} nodes, {Depth} deep";
}
