using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>
/// Where the Σ T_r new tokens of one call lie: token t of row r at place S_r + t, which is its position too unless it is a node of a tree.
/// Tensors are made inside the caller's dispose scope.
/// </summary>
internal sealed class TokenPlaces
{
    private readonly Lazy<Tensor> rows, places, positions;
    private readonly TokenBatch? batch;

    /// <param name="newTokens">T_r.</param>
    /// <param name="cache">S_r; null for none.</param>
    /// <param name="device">Where the tensors are to be.</param>
    /// <param name="batch">The tokens, where some of them branch.</param>
    public TokenPlaces(PackedRows newTokens, IKeyValueCache? cache, Device device, TokenBatch? batch = null)
    {
        (New, this.batch) = (newTokens, batch is { Branches: true } ? batch : null);
        Cached = [.. Enumerable.Range(0, newTokens.Rows).Select(row => cache?.LengthOf(row) ?? 0)];
        Longest = Enumerable.Range(0, newTokens.Rows).Where(row => newTokens.LengthOf(row) > 0).Max(row => Cached[row] + newTokens.LengthOf(row));
        InStep = newTokens.InStep && Cached.All(length => length == Cached[0]);
        rows = new(() => Each((row, _) => row).to(device));
        places = new(() => Each((row, t) => Cached[row] + t).to(device));
        positions = Branches ? new(() => Each(PositionOf).to(device)) : places;
    }

    public PackedRows New { get; }

    /// <summary>Whether the tokens of some row branch.</summary>
    public bool Branches => batch is not null;

    /// <summary>The tree and the node that a token is; null where it follows the token before it.</summary>
    public (TokenTree Tree, int Node)? NodeAt(int row, int t) =>
        batch?.TreeOf(row) is { } tree && tree.NodeAt(t) >= 0 ? (tree, tree.NodeAt(t)) : null;

    /// <summary>How many tokens of a row with a tree are the text that all its nodes follow, those of the call with them.</summary>
    public int TextOf(int row, TokenTree tree) => Cached[row] + tree.Lead - tree.Held;

    /// <summary>[B]: S_r.</summary>
    public IReadOnlyList<int> Cached { get; }

    /// <summary>The largest S_r + T_r of the rows that take part: how far keys reach after the call.</summary>
    public int Longest { get; }

    /// <summary>Whether all rows have the same S and the same T.</summary>
    public bool InStep { get; }

    /// <summary>[Σ T_r] int64: r.</summary>
    public Tensor Rows => rows.Value;

    /// <summary>[Σ T_r] int64: S_r + t, where a token lies in its row of the cache.</summary>
    public Tensor Places => places.Value;

    /// <summary>[Σ T_r] int64: how many tokens of its own text come before it.</summary>
    public Tensor Positions => positions.Value;

    private long PositionOf(int row, int t) => NodeAt(row, t) is var (tree, node) ? TextOf(row, tree) + tree.DepthOf(node) : Cached[row] + t;

    private Tensor Each(Func<int, int, long> place)
    {
        var places = new long[New.Count];
        for (var row = 0; row < New.Rows; row++)
            for (var t = 0; t < New.LengthOf(row); t++)
                places[New.Start(row) + t] = place(row, t);
        return tensor(places);
    }
}
