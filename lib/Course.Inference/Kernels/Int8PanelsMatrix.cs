using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// Int8 weights with one scale per row. Equals <c>y[m, r] = scale[r] * x[m].Zip(W[r], (a, b) => a * b).Sum()</c>
/// to Σ|w·scale| · max|x[m]| · 2·10⁻⁵: inputs are rounded to 16 bits (<see cref="Int16Inputs"/>), a group's sum is exact, and groups are
/// added in order, in Float32. An input that is not finite makes its token's row of y NaN.
/// </summary>
internal sealed unsafe class Int8PanelsMatrix : PanelsMatrix
{
    /// <summary>The number of products of the largest inputs and weights whose sum 32 bits hold: 512 · 32767 · 127 &lt; 2³¹.</summary>
    private const int GroupInputs = 512;

    private const int StepInputs = 4;

    private readonly float* scales;

    /// <param name="memory">Receives the panels and scales; it must outlive the matrix.</param>
    /// <param name="weights">[out, in], contiguous, |w| ≤ 127; they are copied.</param>
    /// <param name="scales">[out]; they are copied.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in.</param>
    public Int8PanelsMatrix(WeightMemory memory, sbyte* weights, float* scales, int outputs, int inputs)
        : base(memory, outputs, inputs, StepInputs, Int8PanelLanes256.StepBytes)
    {
        this.scales = memory.Copy(scales, outputs);
        for (var row = 0; row < outputs; row++, weights += inputs)
            Pack(weights, (sbyte*)PanelOf(row) + (2 * (row % Panels.Rows)));
    }

    public override long Bytes => base.Bytes + ((long)Outputs * sizeof(float));

    public override void Prepare(TokenInputs x, int tokens) => x.Round(tokens);

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride)
    {
        PanelWeights w = new(PanelOf(from), null, StepCount, GroupInputs / StepInputs, Int8PanelLanes256.StepBytes, scales + from);
        if (Avx512BW.IsSupported)
            PanelProducts<Int8PanelLanes512, Vector512<short>, Vector512<int>, Vector512<float>>.Run(
                w, to - from, x.Pairs, tokens, y, yStride);
        else
            PanelProducts<Int8PanelLanes256, Vector256<short>, Vector256<int>, Vector256<float>>.Run(
                w, to - from, x.Pairs, tokens, y, yStride);
    }

    /// <summary>Packs a row: two inputs of it side by side, then those of the panel's next row, and so on for 16 rows.</summary>
    private void Pack(sbyte* row, sbyte* lane)
    {
        for (var i = 0; i < Inputs; i++)
            lane[((long)(i / 2) * 2 * Panels.Rows) + (i % 2)] = row[i];
    }
}
