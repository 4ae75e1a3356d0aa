using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// Float32 weights. Equals <c>y[m, r] = x[m].Zip(W[r], (a, b) => a * b).Sum()</c> to a relative in · 2⁻²⁴ of Σ|w·x|.
/// A NaN spoils the sums that it is part of, and no others.
/// </summary>
internal sealed unsafe class FloatPanelsMatrix : PanelsMatrix
{
    // Sums of group sums: rounding errors grow with the length of a group instead of the whole row.
    private const int GroupInputs = 256;

    private const int StepInputs = 2;

    /// <param name="memory">Receives the panels; it must outlive the matrix.</param>
    /// <param name="weights">[out, in], contiguous; they are copied.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in.</param>
    public FloatPanelsMatrix(WeightMemory memory, float* weights, int outputs, int inputs)
        : base(memory, outputs, inputs, StepInputs, FloatPanelLanes256.StepBytes)
    {
        for (var row = 0; row < outputs; row++, weights += inputs)
        {
            var lane = LaneOf(row);
            for (var i = 0L; i < inputs; i++)
                lane[i * Panels.Rows] = weights[i];
        }
    }

    /// <summary>Copies one row of W.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="to">[in]</param>
    public void CopyRow(int row, float* to)
    {
        var lane = LaneOf(row);
        for (var i = 0L; i < Inputs; i++)
            to[i] = lane[i * Panels.Rows];
    }

    public override void Prepare(TokenInputs x, int tokens)
    {
    }

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride)
    {
        PanelWeights w = new(PanelOf(from), null, StepCount, GroupInputs / StepInputs, FloatPanelLanes256.StepBytes);
        PanelInputs inputs = new((int*)x.Floats, x.Stride, x.Offsets, x.OffsetStride);
        if (Vector512.IsHardwareAccelerated)
            PanelProducts<FloatPanelLanes512, Vector512<float>, Vector512<float>, Vector512<float>>.Run(
                w, to - from, inputs, tokens, y, yStride);
        else
            PanelProducts<FloatPanelLanes256, Vector256<float>, Vector256<float>, Vector256<float>>.Run(
                w, to - from, inputs, tokens, y, yStride);
    }

    private float* LaneOf(int row) => (float*)PanelOf(row) + (row % Panels.Rows);
}
