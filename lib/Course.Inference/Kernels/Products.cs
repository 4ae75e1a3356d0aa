namespace Course.Inference.Kernels;

/// <summary>y[m, r] = Σ over i of w[r, i] · x[m, i], for any number of rows and tokens: cut into tiles, each block of weights used for all tokens while it is near.</summary>
internal static unsafe class Products<L, W, X, VX, VS>
    where L : struct, IProductLanes<W, X, VX, VS>
    where W : unmanaged
    where X : unmanaged
    where VX : unmanaged
    where VS : unmanaged
{
    private const int MostTokens = 6, MostSums = 12;

    /// <param name="w">[rows, inputs], contiguous.</param>
    /// <param name="rows">How many.</param>
    /// <param name="inputs">How many products make a sum.</param>
    /// <param name="x">Of token m at m · xStride.</param>
    /// <param name="xStride">In elements.</param>
    /// <param name="tokens">M.</param>
    /// <param name="y">Of token m at m · yStride, and row r behind it.</param>
    /// <param name="yStride">In elements.</param>
    public static void Run(W* w, int rows, int inputs, X* x, long xStride, int tokens, float* y, long yStride)
    {
        var tiles = (tokens + MostTokens - 1) / MostTokens;
        var step = tokens <= 2 ? 4 : 2;
        for (var row = 0; row < rows;)
        {
            var r = rows - row >= step ? step : 1;
            for (var tile = 0; tile < tiles; tile++)
            {
                int from = tokens * tile / tiles, to = tokens * (tile + 1) / tiles;
                Block(w + ((long)row * inputs), r, inputs, x + (from * xStride), xStride, to - from, y + (from * yStride) + row, yStride);
            }

            row += r;
        }
    }

    private static void Block(W* w, int rows, int inputs, X* x, long xStride, int tokens, float* y, long yStride)
    {
        var sums = stackalloc VS[MostSums];
        var whole = inputs - (inputs % L.Count);
        Tile(w, rows, inputs, whole, x, xStride, tokens, sums);
        for (var token = 0; token < tokens; token++)
            for (var row = 0; row < rows; row++)
            {
                var sum = L.Total(sums[(token * rows) + row]);
                y[(token * yStride) + row] = whole == inputs ? sum : sum + L.Rest(w + ((long)row * inputs) + whole, x + (token * xStride) + whole, inputs - whole);
            }
    }

    private static void Tile(W* w, int rows, long wStride, long whole, X* x, long xStride, int tokens, VS* sums)
    {
        switch (rows, tokens)
        {
            case (4, 1): ProductTile<L, W, X, VX, VS, N4, N1>.Run(w, wStride, x, xStride, whole, sums); break;
            case (4, 2): ProductTile<L, W, X, VX, VS, N4, N2>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 3): ProductTile<L, W, X, VX, VS, N2, N3>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 4): ProductTile<L, W, X, VX, VS, N2, N4>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 5): ProductTile<L, W, X, VX, VS, N2, N5>.Run(w, wStride, x, xStride, whole, sums); break;
            case (2, 6): ProductTile<L, W, X, VX, VS, N2, N6>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 1): ProductTile<L, W, X, VX, VS, N1, N1>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 2): ProductTile<L, W, X, VX, VS, N1, N2>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 3): ProductTile<L, W, X, VX, VS, N1, N3>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 4): ProductTile<L, W, X, VX, VS, N1, N4>.Run(w, wStride, x, xStride, whole, sums); break;
            case (1, 5): ProductTile<L, W, X, VX, VS, N1, N5>.Run(w, wStride, x, xStride, whole, sums); break;
            default: ProductTile<L, W, X, VX, VS, N1, N6>.Run(w, wStride, x, xStride, whole, sums); break;
        }
    }
}
