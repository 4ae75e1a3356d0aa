using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>
/// Where the Σ T_r new tokens of one call stand: token t of row r at place S_r + t, which is its position too unless it is a node of a tree.
/// Tensors are made inside the caller's dispose scope.
/// </summary>
internal sealed class TokenPlaces
{
    private readonly Lazy<Tensor> rows, places, positions;

    /// <param name="newTokens">T_r.</param>
    /// <param name="cache">S_r; null for none.</param>
    /// <param name="device">Where the tensors are to be.</param>
    /// <param name="tree">How the tokens of the only row branch; null where they do not.</param>
    public TokenPlaces(PackedRows newTokens, IKeyValueCache? cache, Device device, TokenTree? tree = null)
    {
        (New, Tree) = (newTokens, tree);
        Cached = [.. Enumerable.Range(0, newTokens.Rows).Select(row => cache?.LengthOf(row) ?? 0)];
        Longest = Enumerable.Range(0, newTokens.Rows).Max(row => Cached[row] + newTokens.LengthOf(row));
        InStep = newTokens.InStep && Cached.All(length => length == Cached[0]);
        rows = new(() => Each((row, _) => row).to(device));
        places = new(() => Each((row, t) => Cached[row] + t).to(device));
        positions = tree is null ? places : new(() => Each((_, t) => Trunk + tree.DepthOf(tree.Held + t)).to(device));
    }

    public PackedRows New { get; }

    public TokenTree? Tree { get; }

    /// <summary>Of a call with a tree: how many cached tokens are the text that all nodes follow.</summary>
    public int Trunk => Cached[0] - (Tree?.Held ?? 0);

    /// <summary>[B]: S_r.</summary>
    public IReadOnlyList<int> Cached { get; }

    /// <summary>The largest S_r + T_r: how far keys reach after the call.</summary>
    public int Longest { get; }

    /// <summary>Whether all rows have the same S and the same T.</summary>
    public bool InStep { get; }

    /// <summary>[Σ T_r] int64: r.</summary>
    public Tensor Rows => rows.Value;

    /// <summary>[Σ T_r] int64: S_r + t, where a token lies in its row of the cache.</summary>
    public Tensor Places => places.Value;

    /// <summary>[Σ T_r] int64: how many tokens of its own text come before it.</summary>
    public Tensor Positions => positions.Value;

    private Tensor Each(Func<int, int, long> place)
    {
        var places = new long[New.Count];
        for (var row = 0; row < New.Rows; row++)
            for (var t = 0; t < New.LengthOf(row); t++)
                places[New.Start(row) + t] = place(row, t);
        return tensor(places);
    }
}
