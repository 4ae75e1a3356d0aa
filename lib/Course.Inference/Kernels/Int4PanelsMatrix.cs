using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// Int4 weights with one Float16 scale per group of g inputs, reordered once (<see cref="Int4Panels"/>).
/// Equals <c>y[m, r] = x[m].Zip(nibbles[r], (a, n) => a * (n - 8) * scale[r, i / g]).Sum()</c> to Σ|w| · max|x[m]| · 2·10⁻⁵: inputs are rounded
/// to 16 bits (<see cref="Int16Inputs"/>), a group's sum is exact, and groups are added in order, in Float32.
/// An input that is not finite makes its token's row of y NaN.
/// </summary>
internal sealed unsafe class Int4PanelsMatrix : KernelMatrix
{
    private readonly int group;
    private readonly byte* nibbles;   // [panels, in / 8, 64]
    private readonly ushort* scales;  // [panels, in / g, 16]

    /// <param name="memory">Where the reordered weights go; it must outlive the matrix.</param>
    /// <param name="nibbles">[out, in / 2], in GGUF's order; only read.</param>
    /// <param name="scales">[out, in / g], Float16; only read.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in, a multiple of g.</param>
    /// <param name="group">g, a multiple of 32.</param>
    public Int4PanelsMatrix(WeightMemory memory, byte* nibbles, ushort* scales, int outputs, int inputs, int group) : base(outputs, inputs)
    {
        this.group = group;
        this.nibbles = memory.Take<byte>(PaddedRows * inputs / 2);
        this.scales = memory.Take<ushort>(PaddedRows * (inputs / group));
        // What fills the last panel up stays zero.
        var last = PaddedRows - Int4Panels.Rows;
        new Span<byte>(this.nibbles + (last * inputs / 2), Int4Panels.Rows * inputs / 2).Clear();
        new Span<ushort>(this.scales + (last * (inputs / group)), Int4Panels.Rows * (inputs / group)).Clear();
        for (var row = 0; row < outputs; row++)
            Pack(row, nibbles, scales);
    }

    public override long Bytes => (PaddedRows * Inputs / 2) + (PaddedRows * (Inputs / group) * sizeof(ushort));

    private long PaddedRows => (long)Int4Panels.Count(Outputs) * Int4Panels.Rows;

    public override void Prepare(TokenInputs x, int tokens)
    {
        x.Round(tokens, short.MaxValue);
        x.SumGroups(tokens, group);
    }

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride)
    {
        var w = nibbles + ((long)from * Inputs / 2);
        var s = scales + ((long)from * (Inputs / group));
        if (Avx512BW.IsSupported)
            Int4Products<Int4Lanes512, Vector512<short>, Vector512<int>, Vector512<float>>.Run(w, s, to - from, Inputs, group, x.Shorts, x.Stride, x.Offsets, x.OffsetStride, tokens, y, yStride);
        else
            Int4Products<Int4Lanes256, Vector256<short>, Vector256<int>, Vector256<float>>.Run(w, s, to - from, Inputs, group, x.Shorts, x.Stride, x.Offsets, x.OffsetStride, tokens, y, yStride);
        for (var m = 0; m < tokens; m++)
            RowMath.Scale(y + (m * yStride), x.Scales[m], to - from);
    }

    private void Pack(int row, byte* from, ushort* fromScales)
    {
        long panel = row / Int4Panels.Rows, lane = row % Int4Panels.Rows, groups = Inputs / group;
        Int4Panels.Pack(new(from + ((long)row * Inputs / 2), Inputs / 2), (uint*)(nibbles + (panel * Int4Panels.Rows * Inputs / 2)) + lane);
        for (var g = 0; g < groups; g++)
            scales[(((panel * groups) + g) * Int4Panels.Rows) + lane] = fromScales[(row * groups) + g];
    }
}
