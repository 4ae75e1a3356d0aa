using Course.Inference.Kernels;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>
/// Rotary position embedding (Su et al. 2021) of M tokens: pair (i, i + d/2) of a head is rotated by position / factor · base^(−2i/d).
/// </summary>
internal sealed unsafe class RotaryTable : IDisposable
{
    private readonly double[] frequencies;        // [d/2]
    private readonly AlignedBuffer<float> angles; // [M, 2, d/2]: cosines, sines

    public RotaryTable(int headWidth, double rotaryBase, double factor, int mostTokens)
    {
        Half = headWidth / 2;
        frequencies = [.. Enumerable.Range(0, Half).Select(i => Math.Pow(rotaryBase, -2.0 * i / headWidth) / factor)];
        angles = new((long)mostTokens * headWidth);
    }

    /// <summary>d/2.</summary>
    public int Half { get; }

    /// <summary>
    /// Sets the position of token <paramref name="m"/>. Angles are computed in double precision: at position 100,000 a Float32 angle is off
    /// by 0.004.
    /// </summary>
    public void SetPosition(int m, int position)
    {
        for (var i = 0; i < Half; i++)
        {
            var (sine, cosine) = Math.SinCos(position * frequencies[i]);
            (Cosines(m)[i], Sines(m)[i]) = ((float)cosine, (float)sine);
        }
    }

    /// <summary>Rotates a head of token <paramref name="m"/>.</summary>
    /// <param name="m">The token's index.</param>
    /// <param name="x">[d]</param>
    /// <param name="y">[d]; may be <paramref name="x"/>.</param>
    public void Rotate(int m, float* x, float* y) => RowMath.Rotate(x, Cosines(m), Sines(m), Half, y);

    public void Dispose() => angles.Dispose();

    private float* Cosines(int m) => angles.Pointer + (2L * m * Half);

    private float* Sines(int m) => angles.Pointer + (((2L * m) + 1) * Half);
}
