namespace Course.Inference.Kernels;

/// <summary>The addresses of a panel; the next panels follow it in memory.</summary>
/// <param name="steps">The panel's steps.</param>
/// <param name="scales">The panel's Float16 scales, [groups, 16]; null if the format has none.</param>
/// <param name="stepCount">Steps in a panel.</param>
/// <param name="groupSteps">Steps in a group; the last group may have fewer.</param>
/// <param name="stepBytes">Bytes in a step.</param>
/// <param name="rowScales">The factor of each row's sums; null for 1.</param>
internal readonly unsafe struct PanelWeights(
    byte* steps, ushort* scales, long stepCount, long groupSteps, int stepBytes, float* rowScales = null)
{
    public byte* Steps => steps;

    public ushort* Scales => scales;

    public long StepCount => stepCount;

    public long GroupSteps => groupSteps;

    public float* RowScales => rowScales;

    private long Groups => (stepCount + groupSteps - 1) / groupSteps;

    /// <summary>The weights after the given number of panels.</summary>
    public PanelWeights Next(long panels) => new(
        steps + (panels * stepCount * stepBytes), scales == null ? null : scales + (panels * Groups * Panels.Rows),
        stepCount, groupSteps, stepBytes, rowScales == null ? null : rowScales + (panels * Panels.Rows));
}
