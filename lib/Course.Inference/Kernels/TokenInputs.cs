namespace Course.Inference.Kernels;

/// <summary>The inputs of a product for M tokens: floats, and their 16-bit form for integer weights.</summary>
internal sealed unsafe class TokenInputs : IDisposable
{
    private const int SmallestGroup = 32;
    private readonly AlignedBuffer<float> floats, scales;
    private readonly AlignedBuffer<short> shorts;
    private readonly AlignedBuffer<int> offsets;

    public TokenInputs(int tokens, int width)
    {
        Width = width;
        // One cache line more than needed: tokens a multiple of 4 KiB apart would compete for the same few lines of the L1 cache.
        Stride = ((width + 15) / 16 * 16) + 32;
        OffsetStride = (width + SmallestGroup - 1) / SmallestGroup;
        floats = new((long)tokens * Stride);
        // The padding after a token's inputs is multiplied by zero weights, so it must not be NaN.
        new Span<float>(floats.Pointer, checked(tokens * Stride)).Clear();
        shorts = new((long)tokens * Stride);
        scales = new(tokens);
        offsets = new((long)tokens * OffsetStride);
    }

    public int Width { get; }

    /// <summary>Elements of <see cref="Floats"/> and <see cref="Shorts"/> from one token to the next.</summary>
    public int Stride { get; }

    /// <summary>Elements of <see cref="Offsets"/> from one token to the next.</summary>
    public int OffsetStride { get; }

    /// <summary>[M, Stride]</summary>
    public float* Floats => floats.Pointer;

    /// <summary>[M, Stride]: see <see cref="Int16Inputs"/>.</summary>
    public short* Shorts => shorts.Pointer;

    /// <summary>[M]: the factor of each token's shorts.</summary>
    public float* Scales => scales.Pointer;

    /// <summary>[M, OffsetStride]: see <see cref="Int16Inputs.Offsets"/>.</summary>
    public int* Offsets => offsets.Pointer;

    /// <summary>The 16-bit inputs in the form in which panels of integer weights read them.</summary>
    public PanelInputs Pairs => new((int*)Shorts, Stride / 2, Offsets, OffsetStride, Scales);

    /// <summary>Computes the 16-bit inputs of the first <paramref name="tokens"/>.</summary>
    public void Round(int tokens)
    {
        for (var m = 0; m < tokens; m++)
            Scales[m] = Int16Inputs.Round(Floats + ((long)m * Stride), Width, Shorts + ((long)m * Stride));
    }

    /// <summary>Computes the offsets of the 16-bit inputs, group by group.</summary>
    public void SumGroups(int tokens, int group)
    {
        for (var m = 0; m < tokens; m++)
            Int16Inputs.Offsets(Shorts + ((long)m * Stride), Width, group, Offsets + ((long)m * OffsetStride));
    }

    public void Dispose()
    {
        floats.Dispose();
        shorts.Dispose();
        scales.Dispose();
        offsets.Dispose();
    }
}
