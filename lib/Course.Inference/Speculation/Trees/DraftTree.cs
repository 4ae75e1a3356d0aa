using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>Tokens that a drafter proposes, several of which may follow one another's parent. A chain of draft tokens is the tree without siblings.</summary>
public sealed class DraftTree
{
    private readonly Lazy<TokenTree> tree;

    /// <param name="tokens">[nodes]</param>
    /// <param name="parents">[nodes]: an earlier node or <see cref="TokenTree.Root"/>; siblings in the order in which they were drawn.</param>
    /// <param name="draw">How siblings were drawn.</param>
    /// <param name="laws">
    /// [1 + nodes] of [V]: q behind the text and behind every node, truncations included; null behind a node without children. Empty where candidates were chosen.
    /// </param>
    public DraftTree(IReadOnlyList<int> tokens, IReadOnlyList<int> parents, SiblingDraw draw, IReadOnlyList<double[]?> laws)
    {
        (Tokens, Parents, Draw, Laws) = (tokens, parents, draw, laws);
        tree = new(() => new([.. parents]));
    }

    /// <summary>No draft.</summary>
    public static DraftTree Empty { get; } = new([], [], SiblingDraw.Chosen, []);

    /// <summary>The tree of a draft without siblings.</summary>
    public static DraftTree Chain(IReadOnlyList<DraftToken> draft) => new(
        [.. draft.Select(token => token.Token)], [.. Enumerable.Range(-1, draft.Count)], SiblingDraw.Independent, [.. draft.Select(token => token.Law), null]);

    public int Count => Tokens.Count;

    public IReadOnlyList<int> Tokens { get; }

    public IReadOnlyList<int> Parents { get; }

    public SiblingDraw Draw { get; }

    /// <summary>How the nodes hang together; there must be some.</summary>
    public TokenTree Tree => tree.Value;

    /// <summary>The candidates that may follow a node, or <see cref="TokenTree.Root"/>, in the order in which they were drawn.</summary>
    public IEnumerable<int> ChildrenOf(int node) => Enumerable.Range(node + 1, Count - node - 1).Where(child => Parents[child] == node);

    /// <summary>[1 + nodes] of [V]: q behind the text and behind every node, as the drafter hands it over.</summary>
    public IReadOnlyList<double[]?> Laws { get; }

    /// <summary>The law that a node's token was drawn from, given its elder siblings, [V].</summary>
    /// <param name="node">Which.</param>
    /// <param name="vocabularySize">V.</param>
    public double[] LawOf(int node, int vocabularySize)
    {
        if (Draw == SiblingDraw.Chosen)
            return PointMass(Tokens[node], vocabularySize);
        var q = Laws[Parents[node] + 1]!;
        int[] elder = Draw == SiblingDraw.Independent ? [] : [.. ChildrenOf(Parents[node]).TakeWhile(sibling => sibling != node).Select(sibling => Tokens[sibling])];
        return elder.Length == 0 ? q : Without(q, elder);
    }

    /// <summary>norm(q without some tokens), [V].</summary>
    /// <exception cref="CourseException">Nothing is left.</exception>
    public static double[] Without(ReadOnlySpan<double> q, IEnumerable<int> tokens)
    {
        var left = q.ToArray();
        foreach (var token in tokens)
            left[token] = 0;
        var sum = CompensatedSum.Of(left);
        if (!(sum > 0))
            throw new CourseException("There are more siblings than the draft's distribution has tokens: nothing is left to draw the next one from.");
        foreach (ref var share in left.AsSpan())
            share /= sum;
        return left;
    }

    private static double[] PointMass(int token, int vocabularySize)
    {
        var law = new double[vocabularySize];
        law[token] = 1;
        return law;
    }
}
