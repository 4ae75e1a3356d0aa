namespace Course.Inference.Kernels;

/// <summary>The inputs of tokens in the form in which panels read them.</summary>
/// <param name="values">Inputs, 32 bits at a time.</param>
/// <param name="stride">From one token to the next, in units of 32 bits.</param>
/// <param name="offsets">The initial value of each group's sums, if the format has one.</param>
/// <param name="offsetStride">Elements from one token to the next.</param>
/// <param name="scales">The factor of each token's sums; null for 1.</param>
internal readonly unsafe struct PanelInputs(int* values, long stride, int* offsets, long offsetStride, float* scales = null)
{
    public int* Values => values;

    public long Stride => stride;

    public int* Offsets => offsets;

    public long OffsetStride => offsetStride;

    public float ScaleOf(int token) => scales == null ? 1 : scales[token];

    /// <summary>The inputs from a token on.</summary>
    public PanelInputs From(long token) =>
        new(values + (token * stride), stride, offsets + (token * offsetStride), offsetStride, scales == null ? null : scales + token);
}
