using Course.Inference.Caching;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// The one place where rows of different lengths are lined up. Everything else in a forward pass treats tokens one by one, so they lie
/// packed, [Σ T_r, …]; attention alone needs rows, and pads them on the right to the longest. The padding is another token of the call,
/// which no mask shows to a real query; what the padding's own queries find is dropped. A row without tokens is all padding.
/// </summary>
internal sealed class AttentionRows
{
    private readonly Tensor? spread; // [B · T] int64: which packed token stands there
    private readonly Tensor? pack;   // [Σ T_r] int64: where each packed token stands

    public AttentionRows(TokenPlaces places, Device device)
    {
        (Rows, T) = (places.New.Rows, places.New.Longest);
        if (!places.New.InStep)
            (spread, pack) = (Spread(places.New).to(device), Pack(places.New).to(device));
        if (places.Branches)
            Mask = VisibleInTrees(places).to(device);
        else if (places.Cached.Any(S => S > 0) && !(places.InStep && T == 1))
            Mask = Visible(places, device);
    }

    /// <summary>B.</summary>
    public int Rows { get; }

    /// <summary>Of the longest row.</summary>
    public int T { get; }

    /// <summary>
    /// [B or 1, 1, T, longest S_r + T_r], true where a query may look. Null where the call brings its rows from their beginning, so that
    /// the triangle is all there is to it (padding stands behind every real token), or where one token a row sees everything.
    /// </summary>
    public Tensor? Mask { get; }

    /// <summary>[Σ T_r, heads, d] → [B, heads, T, d].</summary>
    public Tensor LineUp(Tensor packed)
    {
        var rows = spread is null ? packed : packed.index_select(0, spread);
        return rows.view(Rows, T, packed.shape[1], packed.shape[2]).transpose(1, 2);
    }

    /// <summary>[B, heads, T, d] → [Σ T_r, heads · d].</summary>
    public Tensor PackUp(Tensor rows)
    {
        var flat = rows.transpose(1, 2).reshape((long)Rows * T, rows.shape[1] * rows.shape[3]);
        return pack is null ? flat : flat.index_select(0, pack);
    }

    /// <summary>
    /// Token t of row r sees what the row has cached and the row's new tokens up to itself: the first S_r + t + 1 columns.
    /// </summary>
    private static Tensor Visible(TokenPlaces places, Device device)
    {
        int[] cached = places.InStep ? [places.Cached[0]] : [.. places.Cached];
        var S = tensor(cached, [cached.Length, 1, 1, 1], device: device);
        var t = arange(places.New.Longest, device: device).view(1, 1, -1, 1);
        return arange(places.Longest, device: device).le(S + t); // column ≤ S_r + t
    }

    /// <summary>
    /// [B, 1, T, longest S_r + T_r]: a node sees the text and its own path, and not its siblings, which lie between them.
    /// Padding sees as a token would.
    /// </summary>
    private static Tensor VisibleInTrees(TokenPlaces places)
    {
        var (B, T, width) = (places.New.Rows, places.New.Longest, places.Longest);
        var sees = new bool[(long)B * T * width];
        for (var row = 0; row < B; row++)
            for (var t = 0; t < T; t++)
                Show(sees.AsSpan(((row * T) + t) * width, width), places, row, t);
        return tensor(sees, [B, 1, T, width]);
    }

    private static void Show(Span<bool> columns, TokenPlaces places, int row, int t)
    {
        if (t >= places.New.LengthOf(row) || places.NodeAt(row, t) is not var (tree, node))
        {
            columns[..Math.Min(columns.Length, places.Cached[row] + t + 1)].Fill(true);
            return;
        }
        var text = places.TextOf(row, tree);
        columns[..text].Fill(true);
        foreach (var seen in tree.PathTo(node))
            columns[text + seen] = true;
    }

    private static Tensor Spread(PackedRows rows)
    {
        var from = new long[(long)rows.Rows * rows.Longest];
        for (var row = 0; row < rows.Rows; row++)
            for (var t = 0; t < rows.Longest; t++)
                from[row * rows.Longest + t] = Math.Max(0, Math.Min(rows.Start(row) + t, rows.End(row) - 1));
        return tensor(from);
    }

    private static Tensor Pack(PackedRows rows)
    {
        var to = new long[rows.Count];
        for (var row = 0; row < rows.Rows; row++)
            for (var t = 0; t < rows.LengthOf(row); t++)
                to[rows.Start(row) + t] = (long)row * rows.Longest + t;
        return tensor(to);
    }
}
