namespace Course.Inference.Kernels;

/// <summary>Where a panel lies, and what follows it.</summary>
/// <param name="steps">Its steps.</param>
/// <param name="scales">Its Float16 scales, [groups, 16]; null where the format has none.</param>
/// <param name="stepCount">Of a panel.</param>
/// <param name="groupSteps">Of a group; the last may have fewer.</param>
/// <param name="stepBytes">Of a step.</param>
/// <param name="rowScales">What its rows' sums are to be multiplied by; null for nothing.</param>
internal readonly unsafe struct PanelWeights(
    byte* steps, ushort* scales, long stepCount, long groupSteps, int stepBytes, float* rowScales = null)
{
    public byte* Steps => steps;

    public ushort* Scales => scales;

    public long StepCount => stepCount;

    public long GroupSteps => groupSteps;

    public float* RowScales => rowScales;

    private long Groups => (stepCount + groupSteps - 1) / groupSteps;

    /// <summary>So many panels on.</summary>
    public PanelWeights Next(long panels) => new(
        steps + (panels * stepCount * stepBytes), scales == null ? null : scales + (panels * Groups * Panels.Rows),
        stepCount, groupSteps, stepBytes, rowScales == null ? null : rowScales + (panels * Panels.Rows));
}
