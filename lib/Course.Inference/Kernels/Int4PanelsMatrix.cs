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
    private readonly AlignedBuffer<byte> nibbles;   // [panels, in / 8, 64]
    private readonly AlignedBuffer<ushort> scales;  // [panels, in / g, 16]

    /// <param name="nibbles">[out, in / 2], in GGUF's order; read and let go.</param>
    /// <param name="scales">[out, in / g], Float16; read and let go.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in, a multiple of g.</param>
    /// <param name="group">g, a multiple of 32.</param>
    public Int4PanelsMatrix(byte* nibbles, ushort* scales, int outputs, int inputs, int group) : base(outputs, inputs)
    {
        this.group = group;
        long panels = Int4Panels.Count(outputs), groups = inputs / group;
        this.nibbles = new(panels * Int4Panels.Rows * inputs / 2);
        this.scales = new(panels * Int4Panels.Rows * groups);
        new Span<byte>(this.nibbles.Pointer + ((panels - 1) * Int4Panels.Rows * inputs / 2), Int4Panels.Rows * inputs / 2).Clear();
        new Span<ushort>(this.scales.Pointer + ((panels - 1) * Int4Panels.Rows * groups), (int)(Int4Panels.Rows * groups)).Clear();
        for (var row = 0; row < outputs; row++)
        {
            long panel = row / Int4Panels.Rows, lane = row % Int4Panels.Rows;
            Int4Panels.Pack(new(nibbles + ((long)row * inputs / 2), inputs / 2), (uint*)(this.nibbles.Pointer + (panel * Int4Panels.Rows * inputs / 2)) + lane);
            for (var g = 0; g < groups; g++)
                this.scales.Pointer[(((panel * groups) + g) * Int4Panels.Rows) + lane] = scales[(row * groups) + g];
        }
    }

    public override long Bytes => nibbles.Count + (scales.Count * sizeof(ushort));

    public override void Prepare(TokenInputs x, int tokens)
    {
        x.Round(tokens, short.MaxValue);
        x.SumGroups(tokens, group);
    }

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride)
    {
        var w = nibbles.Pointer + ((long)from * Inputs / 2);
        var s = scales.Pointer + ((long)from * (Inputs / group));
        if (Avx512BW.IsSupported)
            Int4Products<Int4Lanes512, Vector512<short>, Vector512<int>, Vector512<float>>.Run(w, s, to - from, Inputs, group, x.Shorts, x.Stride, x.Offsets, x.OffsetStride, tokens, y, yStride);
        else
            Int4Products<Int4Lanes256, Vector256<short>, Vector256<int>, Vector256<float>>.Run(w, s, to - from, Inputs, group, x.Shorts, x.Stride, x.Offsets, x.OffsetStride, tokens, y, yStride);
        for (var m = 0; m < tokens; m++)
            RowMath.Scale(y + (m * yStride), x.Scales[m], to - from);
    }

    protected override void Dispose(bool disposing)
    {
        nibbles.Dispose();
        scales.Dispose();
        base.Dispose(disposing);
    }
}
