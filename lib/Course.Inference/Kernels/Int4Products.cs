namespace Course.Inference.Kernels;

/// <summary>y[m, r] for whole panels of int4 weights and any number of tokens; see <see cref="Products{L,W,X,VX,VS}"/>.</summary>
internal static unsafe class Int4Products<L, VX, VS, VF>
    where L : struct, IInt4Lanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
{
    // With five, AVX2 runs out of registers for the sums, the weights and the mask.
    private const int MostTokens = 4;

    /// <param name="w">The first panel's nibbles.</param>
    /// <param name="scales">The first panel's scales.</param>
    /// <param name="rows">How many; the last panel need not be full.</param>
    /// <param name="inputs">in.</param>
    /// <param name="group">g.</param>
    /// <param name="x">Of token m at m · xStride.</param>
    /// <param name="xStride">In elements, even.</param>
    /// <param name="offsets">−8 · Σ of each group's inputs, of token m at m · oStride.</param>
    /// <param name="oStride">In elements.</param>
    /// <param name="tokens">M.</param>
    /// <param name="y">Of token m at m · yStride, and row r behind it.</param>
    /// <param name="yStride">In elements.</param>
    public static void Run(byte* w, ushort* scales, int rows, int inputs, int group, short* x, long xStride, int* offsets, long oStride, int tokens, float* y, long yStride)
    {
        var tiles = (tokens + MostTokens - 1) / MostTokens;
        int groups = inputs / group, steps = group / Int4Panels.StepInputs;
        var totals = stackalloc VF[MostTokens * Int4Panels.Rows / L.Rows];
        for (var row = 0; row < rows; row += Int4Panels.Rows)
        {
            for (var tile = 0; tile < tiles; tile++)
            {
                int from = tokens * tile / tiles, to = tokens * (tile + 1) / tiles;
                Tile(to - from, w, scales, groups, steps, (int*)(x + (from * xStride)), xStride / 2, offsets + (from * oStride), oStride, totals);
                for (var token = from; token < to; token++)
                    new Span<float>((float*)totals + ((token - from) * Int4Panels.Rows), Math.Min(Int4Panels.Rows, rows - row)).CopyTo(new(y + (token * yStride) + row, Int4Panels.Rows));
            }

            w += (long)Int4Panels.Rows * inputs / 2;
            scales += groups * Int4Panels.Rows;
        }
    }

    private static void Tile(int tokens, byte* w, ushort* scales, int groups, int steps, int* x, long xStride, int* offsets, long oStride, VF* totals)
    {
        switch (tokens)
        {
            case 1: Int4Tile<L, VX, VS, VF, N1>.Run(w, scales, groups, steps, x, xStride, offsets, oStride, totals); break;
            case 2: Int4Tile<L, VX, VS, VF, N2>.Run(w, scales, groups, steps, x, xStride, offsets, oStride, totals); break;
            case 3: Int4Tile<L, VX, VS, VF, N3>.Run(w, scales, groups, steps, x, xStride, offsets, oStride, totals); break;
            default: Int4Tile<L, VX, VS, VF, N4>.Run(w, scales, groups, steps, x, xStride, offsets, oStride, totals); break;
        }
    }
}
