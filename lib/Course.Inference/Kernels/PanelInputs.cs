namespace Course.Inference.Kernels;

/// <summary>What tokens bring to a panel.</summary>
/// <param name="values">Inputs, 32 bits at a time.</param>
/// <param name="stride">From one token to the next, in 32 bits.</param>
/// <param name="offsets">What each group's sums begin with, where the format has such a thing.</param>
/// <param name="offsetStride">From one token to the next.</param>
/// <param name="scales">What a token's sums are to be multiplied by; null for nothing.</param>
internal readonly unsafe struct PanelInputs(int* values, long stride, int* offsets, long offsetStride, float* scales = null)
{
    public int* Values => values;

    public long Stride => stride;

    public int* Offsets => offsets;

    public long OffsetStride => offsetStride;

    public float ScaleOf(int token) => scales == null ? 1 : scales[token];

    /// <summary>Without the first few tokens.</summary>
    public PanelInputs From(long token) =>
        new(values + (token * stride), stride, offsets + (token * offsetStride), offsetStride, scales == null ? null : scales + token);
}
