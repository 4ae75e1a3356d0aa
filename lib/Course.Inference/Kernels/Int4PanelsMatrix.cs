using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// Int4 weights with one Float16 scale per group of g inputs. A row's 32 bits in a step hold input 2k + e in bits 16e + 4k to 16e + 4k + 3,
/// so that two shifts yield two 16-bit inputs of each row, without widening.
/// Equals <c>y[m, r] = x[m].Zip(nibbles[r], (a, n) => a * (n - 8) * scale[r, i / g]).Sum()</c> to Σ|w| · max|x[m]| · 2·10⁻⁵: inputs are
/// rounded to 16 bits (<see cref="Int16Inputs"/>), a group's sum is exact, and groups are added in order, in Float32. An input that is not
/// finite makes its token's row of y NaN.
/// </summary>
internal sealed unsafe class Int4PanelsMatrix : PanelsMatrix
{
    private const int StepInputs = 8;

    private readonly int group;
    private readonly ushort* scales;  // [panels, in / g, 16]

    /// <param name="memory">Receives the reordered weights; it must outlive the matrix.</param>
    /// <param name="nibbles">
    /// [out, in / 2], in GGUF's order: byte j of a block of 32 inputs holds input j low and input j + 16 high. They are copied.
    /// </param>
    /// <param name="scales">[out, in / g], Float16; they are copied.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in, a multiple of g.</param>
    /// <param name="group">g, a multiple of 32.</param>
    public Int4PanelsMatrix(WeightMemory memory, byte* nibbles, ushort* scales, int outputs, int inputs, int group)
        : base(memory, outputs, inputs, StepInputs, Int4PanelLanes256.StepBytes)
    {
        this.group = group;
        this.scales = memory.Take<ushort>(ScaleCount);
        new Span<ushort>(this.scales, checked((int)ScaleCount)).Clear();
        for (var row = 0; row < outputs; row++)
        {
            Pack(new(nibbles + ((long)row * inputs / 2), inputs / 2), (uint*)PanelOf(row) + (row % Panels.Rows));
            for (var g = 0L; g < Groups; g++)
                this.scales[(((row / Panels.Rows * Groups) + g) * Panels.Rows) + (row % Panels.Rows)] = scales[(row * Groups) + g];
        }
    }

    public override long Bytes => base.Bytes + (ScaleCount * sizeof(ushort));

    private long Groups => Inputs / group;

    private long ScaleCount => PanelCount * Groups * Panels.Rows;

    public override void Prepare(TokenInputs x, int tokens)
    {
        x.Round(tokens);
        x.SumGroups(tokens, group);
    }

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride)
    {
        PanelWeights w = new(PanelOf(from), scales + (from * Groups), StepCount, group / StepInputs, Int4PanelLanes256.StepBytes);
        if (Avx512BW.IsSupported)
            PanelProducts<Int4PanelLanes512, Vector512<short>, Vector512<int>, Vector512<float>>.Run(
                w, to - from, x.Pairs, tokens, y, yStride);
        else
            PanelProducts<Int4PanelLanes256, Vector256<short>, Vector256<int>, Vector256<float>>.Run(
                w, to - from, x.Pairs, tokens, y, yStride);
    }

    private static void Pack(ReadOnlySpan<byte> row, uint* lane)
    {
        for (var input = 0; input < 2 * row.Length; input += StepInputs)
        {
            var packed = 0u;
            for (var i = 0; i < StepInputs; i++)
                packed |= Nibble(row, input + i) << ((16 * (i % 2)) + (4 * (i / 2)));
            lane[(long)input / StepInputs * Panels.Rows] = packed;
        }
    }

    private static uint Nibble(ReadOnlySpan<byte> row, int input)
    {
        var inBlock = input % 32;
        return (uint)(row[(input / 32 * 16) + (inBlock % 16)] >> (inBlock < 16 ? 0 : 4)) & 15;
    }
}
