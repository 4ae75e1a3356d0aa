using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// y[m, r] = Σ over i of w[r, i] · x[m, i] for rows of floats in their plain order in memory. Weights are read again and again, so they are
/// reordered into <see cref="Panels"/>; the keys of a cache arrive one by one and stay as they were written.
/// </summary>
internal static unsafe class FloatRows
{
    /// <inheritdoc cref="FloatRows{L, V}.Multiply"/>
    public static void Multiply(float* w, int rows, int inputs, float* x, long xStride, int tokens, float* y, long yStride)
    {
        if (Vector512.IsHardwareAccelerated)
            FloatRows<FloatLanes512, Vector512<float>>.Multiply(w, rows, inputs, x, xStride, tokens, y, yStride);
        else
            FloatRows<FloatLanes256, Vector256<float>>.Multiply(w, rows, inputs, x, xStride, tokens, y, yStride);
    }
}

/// <inheritdoc cref="FloatRows"/>
internal static unsafe class FloatRows<L, V>
    where L : struct, IFloatLanes<V>
    where V : unmanaged
{
    private const int MostTokens = 6, MostSums = 12;

    /// <param name="w">[rows, inputs], contiguous.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="inputs">Number of products in a sum.</param>
    /// <param name="x">The inputs: those of token m begin at m · xStride.</param>
    /// <param name="xStride">In elements.</param>
    /// <param name="tokens">M.</param>
    /// <param name="y">The results: row r of token m is at m · yStride + r.</param>
    /// <param name="yStride">In elements.</param>
    public static void Multiply(float* w, int rows, int inputs, float* x, long xStride, int tokens, float* y, long yStride)
    {
        var tiles = (tokens + MostTokens - 1) / MostTokens;
        var step = tokens <= 2 ? 4 : 2;
        for (var row = 0; row < rows;)
        {
            var r = rows - row >= step ? step : 1;
            for (var tile = 0; tile < tiles; tile++)
            {
                int from = tokens * tile / tiles, to = tokens * (tile + 1) / tiles;
                MultiplyTile(
                    w + ((long)row * inputs), r, inputs, x + (from * xStride), xStride, to - from, y + (from * yStride) + row, yStride);
            }

            row += r;
        }
    }

    private static void MultiplyTile(float* w, int rows, int inputs, float* x, long xStride, int tokens, float* y, long yStride)
    {
        var sums = stackalloc V[MostSums];
        var whole = inputs - (inputs % L.Count);
        Tile(w, rows, inputs, whole, x, xStride, tokens, sums);
        for (var token = 0; token < tokens; token++)
            for (var row = 0; row < rows; row++)
            {
                var sum = L.Total(sums[(token * rows) + row]);
                y[(token * yStride) + row] = whole == inputs
                    ? sum
                    : sum + Rest(w + ((long)row * inputs) + whole, x + (token * xStride) + whole, inputs - whole);
            }
    }

    /// <summary>Σ w·x of the last few inputs, which do not fill a vector.</summary>
    private static float Rest(float* w, float* x, long count)
    {
        var sum = 0f;
        for (var i = 0L; i < count; i++)
            sum = float.MultiplyAddEstimate(w[i], x[i], sum);
        return sum;
    }

    private static void Tile(float* w, int rows, long wStride, long whole, float* x, long xStride, int tokens, V* sums)
    {
        switch (rows, tokens)
        {
            case (4, 1): FloatTile<L, V, N4, N1>.Run(w, wStride, x, xStride, whole, sums); break;
            case (4, 2): FloatTile<L, V, N4, N2>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 3): FloatTile<L, V, N2, N3>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 4): FloatTile<L, V, N2, N4>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 5): FloatTile<L, V, N2, N5>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 6): FloatTile<L, V, N2, N6>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 1): FloatTile<L, V, N1, N1>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 2): FloatTile<L, V, N1, N2>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 3): FloatTile<L, V, N1, N3>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 4): FloatTile<L, V, N1, N4>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 5): FloatTile<L, V, N1, N5>.Run(w, wStride, x, xStride, whole, sums); break;
            default: FloatTile<L, V, N1, N6>.Run(w, wStride, x, xStride, whole, sums); break;
        }
    }
}
