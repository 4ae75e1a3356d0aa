using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>y[m, r] = Σ over i of W[r, i] · x[m, i] for whole panels and any number of tokens: cut into tiles, each panel used for all tokens while it is near.</summary>
internal static unsafe class PanelProducts<L, VX, VS, VF>
    where L : struct, IPanelLanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
{
    // Of all formats.
    private const int MostSums = 6 * Panels.Rows;

    /// <param name="w">The first panel.</param>
    /// <param name="rows">How many; the last panel need not be full.</param>
    /// <param name="x">The tokens.</param>
    /// <param name="tokens">M.</param>
    /// <param name="y">Of token m at m · yStride, and row r behind it.</param>
    /// <param name="yStride">In elements.</param>
    public static void Run(PanelWeights w, int rows, PanelInputs x, int tokens, float* y, long yStride)
    {
        var tiles = (tokens + L.MostTokens - 1) / L.MostTokens;
        var totals = stackalloc float[MostSums];
        for (int row = 0, panels; row < rows; row += panels * Panels.Rows)
        {
            panels = Math.Min(L.PanelsFor(tokens), Panels.Count(rows - row));
            if (w.RowScales != null && Sse.IsSupported)
                Sse.Prefetch0(w.RowScales); // wanted only after the tile
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
        switch (panels, tokens)
        {
            case (1, 1): Tile<N1, N1>(w, x, totals); break;
            case (1, 2): Tile<N1, N2>(w, x, totals); break;
            case (2, 1): Tile<N2, N1>(w, x, totals); break;
            case (2, 2): Tile<N2, N2>(w, x, totals); break;
            case (_, 3): Tile<N1, N3>(w, x, totals); break;
            case (_, 4): Tile<N1, N4>(w, x, totals); break;
            case (_, 5): Tile<N1, N5>(w, x, totals); break;
            default: Tile<N1, N6>(w, x, totals); break;
        }
    }

    private static void Tile<P, M>(PanelWeights w, PanelInputs x, VF* totals)
        where P : struct, IKnownCount
        where M : struct, IKnownCount =>
        PanelTile<L, VX, VS, VF, P, M>.Run(w.Steps, w.Scales, w.StepCount, w.GroupSteps, x.Values, x.Stride, x.Offsets, x.OffsetStride, totals);
}
