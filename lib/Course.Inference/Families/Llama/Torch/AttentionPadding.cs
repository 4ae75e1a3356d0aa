using Course.Inference.Caching;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// Pads the sequences of a ragged batch for attention. Everything else in a forward pass treats tokens one by one, so they are packed,
/// [Σ T_r, …]; only attention needs one row per sequence, padded on the right to the maximum length. The padding repeats some token of the
/// call: the masks hide it from every real query, and the results of its own queries are dropped. A sequence without new tokens is all
/// padding.
/// </summary>
internal sealed class AttentionPadding
{
    private readonly Tensor? padFrom;   // [B · T] int64: the packed index of the token at each padded index
    private readonly Tensor? unpadFrom; // [Σ T_r] int64: the padded index of each packed token

    public AttentionPadding(TokenPlaces places, Device device)
    {
        (Rows, T) = (places.New.Rows, places.New.Longest);
        if (!places.New.InStep)
            (padFrom, unpadFrom) = (PadIndices(places.New).to(device), UnpadIndices(places.New).to(device));
        if (places.Branches)
            Mask = VisibleInTrees(places).to(device);
        else if (places.Cached.Any(S => S > 0) && !(places.InStep && T == 1))
            Mask = Visible(places, device);
    }

    /// <summary>B.</summary>
    public int Rows { get; }

    /// <summary>The maximum number of new tokens of a sequence.</summary>
    public int T { get; }

    /// <summary>
    /// [B or 1, 1, T, max S_r + T_r], true where a query may attend. Null if no mask is needed: nothing is cached, so that the causal mask
    /// of the kernel is enough (padding comes after every real token); or all sequences have one new token, which sees everything.
    /// </summary>
    public Tensor? Mask { get; }

    /// <summary>[Σ T_r, heads, d] → [B, heads, T, d].</summary>
    public Tensor Pad(Tensor packed)
    {
        var rows = padFrom is null ? packed : packed.index_select(0, padFrom);
        return rows.view(Rows, T, packed.shape[1], packed.shape[2]).transpose(1, 2);
    }

    /// <summary>[B, heads, T, d] → [Σ T_r, heads · d].</summary>
    public Tensor Unpad(Tensor rows)
    {
        var flat = rows.transpose(1, 2).reshape((long)Rows * T, rows.shape[1] * rows.shape[3]);
        return unpadFrom is null ? flat : flat.index_select(0, unpadFrom);
    }

    /// <summary>
    /// Token t of sequence r sees the sequence's cached tokens and its new tokens up to itself: the first S_r + t + 1 columns.
    /// </summary>
    private static Tensor Visible(TokenPlaces places, Device device)
    {
        int[] cached = places.InStep ? [places.Cached[0]] : [.. places.Cached];
        var S = tensor(cached, [cached.Length, 1, 1, 1], device: device);
        var t = arange(places.New.Longest, device: device).view(1, 1, -1, 1);
        return arange(places.Longest, device: device).le(S + t); // column ≤ S_r + t
    }

    /// <summary>
    /// [B, 1, T, max S_r + T_r]: a node of a tree sees the text before the tree and its own path, but not the siblings in between.
    /// Padding has the mask that a token in its place would have.
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

    private static Tensor PadIndices(PackedRows rows)
    {
        var from = new long[(long)rows.Rows * rows.Longest];
        for (var row = 0; row < rows.Rows; row++)
            for (var t = 0; t < rows.Longest; t++)
                from[row * rows.Longest + t] = Math.Max(0, Math.Min(rows.Start(row) + t, rows.End(row) - 1));
        return tensor(from);
    }

    private static Tensor UnpadIndices(PackedRows rows)
    {
        var to = new long[rows.Count];
        for (var row = 0; row < rows.Rows; row++)
            for (var t = 0; t < rows.LengthOf(row); t++)
                to[rows.Start(row) + t] = (long)row * rows.Longest + t;
        return tensor(to);
    }
}
