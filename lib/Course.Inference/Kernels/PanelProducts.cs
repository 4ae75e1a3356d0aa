using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// y[m, r] = Σ over i of W[r, i] · x[m, i] for whole panels and any number of tokens. The work is cut into tiles, and each panel is used
/// for all tokens while it is in the cache.
/// </summary>
internal static unsafe class PanelProducts<L, VX, VS, VF>
    where L : struct, IPanelLanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
{
    // Enough for every format.
    private const int MostSums = 2 * 8 * Panels.Rows;

    /// <param name="w">The first panel.</param>
    /// <param name="rows">Number of rows; the last panel need not be full.</param>
    /// <param name="x">The tokens.</param>
    /// <param name="tokens">M.</param>
    /// <param name="y">The results: row r of token m is at m · yStride + r.</param>
    /// <param name="yStride">In elements.</param>
    public static void Run(PanelWeights w, int rows, PanelInputs x, int tokens, float* y, long yStride)
    {
        var tiles = (tokens + L.MostTokens - 1) / L.MostTokens;
        var totals = stackalloc float[MostSums];
        for (int row = 0, panels; row < rows; row += panels * Panels.Rows)
        {
            panels = Math.Min(L.PanelsFor(tokens), Panels.Count(rows - row));
            if (w.RowScales != null && Sse.IsSupported)
                Sse.Prefetch0(w.RowScales); // needed only after the tile
            for (var tile = 0; tile < tiles; tile++)
            {
                int from = tokens * tile / tiles, to = tokens * (tile + 1) / tiles;
                Tile(panels, to - from, w, x.From(from), (VF*)totals);
                int width = panels * Panels.Rows, count = Math.Min(width, rows - row);
                for (var token = from; token < to; token++)
                    Put(totals + ((token - from) * width), w.RowScales, x.ScaleOf(token), count, y + (token * yStride) + row);
            }

            w = w.Next(panels);
        }
    }

    private static void Put(float* totals, float* rowScales, float scale, int count, float* y)
    {
        if (rowScales != null)
            RowMath.Scale(totals, rowScales, scale, count, y);
        else
            RowMath.Scale(totals, scale, count, y);
    }

    private static void Tile(int panels, int tokens, PanelWeights w, PanelInputs x, VF* totals)
    {
        switch (panels * (Panels.Rows / L.Rows), tokens)
        {
            case (1, _): Tile<N1>(tokens, w, x, totals); break;
            case (2, _): Tile<N2>(tokens, w, x, totals); break;
            case (_, 1): Tile<N4, N1>(w, x, totals); break;
            default: Tile<N4, N2>(w, x, totals); break;
        }
    }

    private static void Tile<C>(int tokens, PanelWeights w, PanelInputs x, VF* totals)
        where C : struct, IKnownCount
    {
        switch (tokens)
        {
            case 1: Tile<C, N1>(w, x, totals); break;
            case 2: Tile<C, N2>(w, x, totals); break;
            case 3: Tile<C, N3>(w, x, totals); break;
            case 4: Tile<C, N4>(w, x, totals); break;
            case 5: Tile<C, N5>(w, x, totals); break;
            case 6: Tile<C, N6>(w, x, totals); break;
            case 7: Tile<C, N7>(w, x, totals); break;
            default: Tile<C, N8>(w, x, totals); break;
        }
    }

    private static void Tile<C, M>(PanelWeights w, PanelInputs x, VF* totals)
        where C : struct, IKnownCount
        where M : struct, IKnownCount =>
        PanelTile<L, VX, VS, VF, C, M>.Run(
            w.Steps, w.Scales, w.StepCount, w.GroupSteps, x.Values, x.Stride, x.Offsets, x.OffsetStride, totals);
}
