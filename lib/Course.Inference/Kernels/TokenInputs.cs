namespace Course.Inference.Kernels;

/// <summary>What M tokens bring to a product: floats, and their 16-bit image for weights that are whole numbers.</summary>
internal sealed unsafe class TokenInputs : IDisposable
{
    private const int SmallestGroup = 32;
    private readonly AlignedBuffer<float> floats, scales;
    private readonly AlignedBuffer<short> shorts;
    private readonly AlignedBuffer<int> offsets;

    public TokenInputs(int tokens, int width)
    {
        Width = width;
        // A line more than needed: tokens a multiple of 4 KiB apart would fight for the same few places of the nearest cache.
        Stride = ((width + 15) / 16 * 16) + 32;
        OffsetStride = (width + SmallestGroup - 1) / SmallestGroup;
        floats = new((long)tokens * Stride);
        // what lies behind a token's inputs meets weights that are zero, and must be a number
        new Span<float>(floats.Pointer, checked(tokens * Stride)).Clear();
        shorts = new((long)tokens * Stride);
        scales = new(tokens);
        offsets = new((long)tokens * OffsetStride);
    }

    public int Width { get; }

    /// <summary>From one token to the next, in elements of <see cref="Floats"/> and <see cref="Shorts"/>.</summary>
    public int Stride { get; }

    /// <summary>From one token to the next, in <see cref="Offsets"/>.</summary>
    public int OffsetStride { get; }

    /// <summary>[M, Stride]</summary>
    public float* Floats => floats.Pointer;

    /// <summary>[M, Stride]: see <see cref="Int16Inputs"/>.</summary>
    public short* Shorts => shorts.Pointer;

    /// <summary>[M]: what the shorts are to be multiplied by.</summary>
    public float* Scales => scales.Pointer;

    /// <summary>[M, OffsetStride]: see <see cref="Int16Inputs.Offsets"/>.</summary>
    public int* Offsets => offsets.Pointer;

    /// <summary>The 16-bit image, as panels of whole numbers read it.</summary>
    public PanelInputs Pairs => new((int*)Shorts, Stride / 2, Offsets, OffsetStride, Scales);

    /// <summary>Makes the 16-bit image of the first <paramref name="tokens"/>.</summary>
    public void Round(int tokens)
    {
        for (var m = 0; m < tokens; m++)
            Scales[m] = Int16Inputs.Round(Floats + ((long)m * Stride), Width, Shorts + ((long)m * Stride));
    }

    /// <summary>Sums the image's groups.</summary>
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
