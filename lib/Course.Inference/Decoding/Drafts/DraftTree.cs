using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>A token that a drafter proposes.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Distribution">
/// q, [V]: what it was drawn from, truncations included. All on the token itself where nothing was drawn.
/// </param>
public readonly record struct DraftToken(int Token, double[] Distribution);

/// <summary>
/// Tokens that a drafter proposes, several of which may follow the same one. A chain of draft tokens is the tree without siblings.
/// </summary>
public sealed class DraftTree
{
    /// <summary>No node.</summary>
    internal const int None = -1;

    private readonly Lazy<TokenTree> tree;

    /// <param name="tokens">[nodes]</param>
    /// <param name="parents">
    /// [nodes]: an earlier node or <see cref="TokenTree.Root"/>; siblings in the order in which they were drawn.
    /// </param>
    /// <param name="draw">How siblings were drawn.</param>
    /// <param name="distributions">
    /// [1 + nodes] of [V]: q after the text and after every node, truncations included; null after a node without children. Empty where
    /// candidates were chosen.
    /// </param>
    public DraftTree(IReadOnlyList<int> tokens, IReadOnlyList<int> parents, SiblingDraw draw, IReadOnlyList<double[]?> distributions)
    {
        (Tokens, Parents, Draw, Distributions) = (tokens, parents, draw, distributions);
        tree = new(() => new([.. parents]));
        IsChain = true;
        for (var node = 0; node < parents.Count; node++)
            IsChain &= parents[node] == node - 1;
    }

    /// <summary>No draft.</summary>
    public static DraftTree Empty { get; } = new([], [], SiblingDraw.Chosen, []);

    /// <summary>The tree of a draft without siblings.</summary>
    public static DraftTree Chain(IReadOnlyList<DraftToken> draft) => new(
        [.. draft.Select(token => token.Token)], [.. Enumerable.Range(TokenTree.Root, draft.Count)], SiblingDraw.Independent,
        [.. draft.Select(token => token.Distribution), null]);

    public int Count => Tokens.Count;

    /// <summary>Whether each node follows the one before it.</summary>
    public bool IsChain { get; }

    public IReadOnlyList<int> Tokens { get; }

    public IReadOnlyList<int> Parents { get; }

    public SiblingDraw Draw { get; }

    /// <summary>[1 + nodes] of [V]: q after the text and after every node, as the drafter hands it over.</summary>
    public IReadOnlyList<double[]?> Distributions { get; }

    /// <summary>How the nodes branch; there must be some.</summary>
    public TokenTree Tree => tree.Value;

    /// <summary>The candidates that may follow a node, or <see cref="TokenTree.Root"/>, in the order in which they were drawn.</summary>
    public IEnumerable<int> ChildrenOf(int node)
    {
        for (var child = FirstChildOf(node); child != None; child = NextSiblingOf(child))
            yield return child;
    }

    internal int FirstChildOf(int node) => NextOf(node, node + 1);

    internal int NextSiblingOf(int node) => NextOf(Parents[node], node + 1);

    /// <summary>What a node's token was drawn from, given its elder siblings, [V].</summary>
    /// <param name="node">Which node.</param>
    /// <param name="vocabularySize">V.</param>
    public double[] DistributionOf(int node, int vocabularySize) => DistributionOf(node, new double[vocabularySize]).ToArray();

    /// <summary>The same without allocating.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="room">[V], to be used where the drafter did not hand this distribution over.</param>
    internal ReadOnlySpan<double> DistributionOf(int node, Span<double> room)
    {
        if (Draw == SiblingDraw.Chosen)
        {
            room.Clear();
            room[Tokens[node]] = 1;
            return room;
        }
        var q = Distributions[Parents[node] + 1]!;
        var elder = FirstChildOf(Parents[node]);
        if (Draw == SiblingDraw.Independent || elder == node)
            return q;
        q.CopyTo(room);
        for (; elder != node; elder = NextSiblingOf(elder))
            room[Tokens[elder]] = 0;
        NormaliseWhatIsLeft(room);
        return room;
    }

    /// <summary>norm(q without some tokens), [V].</summary>
    /// <exception cref="CourseException">Nothing is left.</exception>
    public static double[] Without(ReadOnlySpan<double> q, IEnumerable<int> tokens)
    {
        var left = q.ToArray();
        foreach (var token in tokens)
            left[token] = 0;
        NormaliseWhatIsLeft(left);
        return left;
    }

    private static void NormaliseWhatIsLeft(Span<double> left)
    {
        var sum = CompensatedSum.Of(left);
        if (!(sum > 0))
            throw new CourseException("There are more siblings than the draft's distribution has tokens: nothing is left to draw the next one from.");
        foreach (ref var share in left)
            share /= sum;
    }

    private int NextOf(int parent, int from)
    {
        for (var node = from; node < Count; node++)
            if (Parents[node] == parent)
                return node;
        return None;
    }
}
