using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// Elementwise operations on one row of floats. The bits of an element depend at most on its index in the row, never on the number of rows.
/// </summary>
internal static unsafe class RowMath
{
    private static readonly int Lanes = Vector256<float>.Count;

    /// <summary>y[i] = x[i] · factors[i] · factor</summary>
    public static void Scale(float* x, float* factors, float factor, int count, float* y)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            Vector256.Store(Vector256.Load(x + i) * (Vector256.Load(factors + i) * Vector256.Create(factor)), y + i);
        for (; i < count; i++)
            y[i] = x[i] * (factors[i] * factor);
    }

    /// <summary>y[i] = x[i] · factor</summary>
    public static void Scale(float* x, float factor, int count, float* y)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            Vector256.Store(Vector256.Load(x + i) * Vector256.Create(factor), y + i);
        for (; i < count; i++)
            y[i] = x[i] * factor;
    }

    /// <summary>y[i] += x[i]</summary>
    public static void Add(float* x, float* y, int count)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            Vector256.Store(Vector256.Load(y + i) + Vector256.Load(x + i), y + i);
        for (; i < count; i++)
            y[i] += x[i];
    }

    /// <summary>x / √(mean(x²) + ε) · gain (Zhang and Sennrich 2019).</summary>
    public static void RmsNorm(float* x, float* gain, double epsilon, int count, float* y)
    {
        var squares = Vector256<float>.Zero;
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            squares = Vector256.MultiplyAddEstimate(Vector256.Load(x + i), Vector256.Load(x + i), squares);
        double sum = Vector256.Sum(squares);
        for (; i < count; i++)
            sum += x[i] * x[i];
        var factor = (float)(1 / Math.Sqrt((sum / count) + epsilon));
        for (i = 0; i <= count - Lanes; i += Lanes)
            Vector256.Store(Vector256.Load(x + i) * Vector256.Create(factor) * Vector256.Load(gain + i), y + i);
        for (; i < count; i++)
            y[i] = x[i] * factor * gain[i];
    }

    /// <summary>SwiGLU (Shazeer 2020): gate[i] = gate[i] / (1 + e^−gate[i]) · up[i]</summary>
    public static void Gate(float* gate, float* up, int count)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            var g = Vector256.Load(gate + i);
            Vector256.Store(g / (Vector256<float>.One + Vector256.Exp(-g)) * Vector256.Load(up + i), gate + i);
        }

        for (; i < count; i++)
            gate[i] = gate[i] / (1 + MathF.Exp(-gate[i])) * up[i];
    }

    /// <summary>x[i] = e^(x[i] − max x) / Σ. A NaN anywhere makes every element NaN.</summary>
    public static void Softmax(float* x, int count)
    {
        var most = Largest(x, count);
        var sums = Vector256<float>.Zero;
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            var e = Vector256.Exp(Vector256.Load(x + i) - Vector256.Create(most));
            Vector256.Store(e, x + i);
            sums += e;
        }

        var sum = Vector256.Sum(sums);
        for (; i < count; i++)
            sum += x[i] = MathF.Exp(x[i] - most);
        Scale(x, 1 / sum, count, x);
    }

    /// <summary>Rotates every pair (i, i + d/2) of a head by its angle: RoPE (Su et al. 2021).</summary>
    /// <param name="x">[d]</param>
    /// <param name="cosines">[d/2]</param>
    /// <param name="sines">[d/2]</param>
    /// <param name="half">d/2.</param>
    /// <param name="y">[d]; may be <paramref name="x"/>.</param>
    public static void Rotate(float* x, float* cosines, float* sines, int half, float* y)
    {
        for (var i = 0; i < half; i++)
        {
            var (a, b) = (x[i], x[i + half]);
            y[i] = (a * cosines[i]) - (b * sines[i]);
            y[i + half] = (b * cosines[i]) + (a * sines[i]);
        }
    }

    /// <summary>y[i] += Σ over j of factors[j] · rows[j, i], in the order of j; rows are [count, width].</summary>
    public static void AddWeighted(float* factors, float* rows, int count, int width, float* y)
    {
        var i = 0;
        for (; i <= width - (8 * Lanes); i += 8 * Lanes)
            AddWeighted64(factors, rows + i, count, width, y + i);
        for (; i <= width - Lanes; i += Lanes)
        {
            var sum = Vector256.Load(y + i);
            for (var j = 0; j < count; j++)
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(factors[j]), Vector256.Load(rows + ((long)j * width) + i), sum);
            Vector256.Store(sum, y + i);
        }

        for (; i < width; i++)
            for (var j = 0; j < count; j++)
                y[i] += factors[j] * rows[((long)j * width) + i];
    }

    private static void AddWeighted64(float* factors, float* rows, int count, int stride, float* y)
    {
        Vector256<float> a = Vector256.Load(y), b = Vector256.Load(y + 8), c = Vector256.Load(y + 16), d = Vector256.Load(y + 24);
        Vector256<float> e = Vector256.Load(y + 32), f = Vector256.Load(y + 40), g = Vector256.Load(y + 48), h = Vector256.Load(y + 56);
        for (var j = 0; j < count; j++, rows += stride)
        {
            var factor = Vector256.Create(factors[j]);
            a = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows), a);
            b = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 8), b);
            c = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 16), c);
            d = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 24), d);
            e = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 32), e);
            f = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 40), f);
            g = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 48), g);
            h = Vector256.MultiplyAddEstimate(factor, Vector256.Load(rows + 56), h);
        }

        Vector256.Store(a, y);
        Vector256.Store(b, y + 8);
        Vector256.Store(c, y + 16);
        Vector256.Store(d, y + 24);
        Vector256.Store(e, y + 32);
        Vector256.Store(f, y + 40);
        Vector256.Store(g, y + 48);
        Vector256.Store(h, y + 56);
    }

    private static float Largest(float* x, int count)
    {
        var most = Vector256.Create(float.NegativeInfinity);
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            most = Vector256.Max(most, Vector256.Load(x + i));
        var largest = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
            largest = MathF.Max(largest, most[lane]);
        for (; i < count; i++)
            largest = MathF.Max(largest, x[i]);
        return largest;
    }

    /// <summary>max |x[i]|; NaN if any element is NaN.</summary>
    public static float LargestMagnitude(float* x, int count)
    {
        var most = Vector256<float>.Zero;
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            most = Vector256.Max(most, Vector256.Abs(Vector256.Load(x + i)));
        var largest = 0f;
        for (var lane = 0; lane < Lanes; lane++)
            largest = MathF.Max(largest, most[lane]);
        for (; i < count; i++)
            largest = MathF.Max(largest, MathF.Abs(x[i]));
        return largest;
    }

    /// <summary>y[i] = x[i] · scale</summary>
    public static void Widen(sbyte* x, float scale, int count, float* y)
    {
        var i = 0;
        for (; i <= count - (2 * Lanes); i += 2 * Lanes)
        {
            var (low, high) = Vector256.Widen(Int8PanelLanes256.Widen(x + i));
            Vector256.Store(Vector256.ConvertToSingle(low) * Vector256.Create(scale), y + i);
            Vector256.Store(Vector256.ConvertToSingle(high) * Vector256.Create(scale), y + i + Lanes);
        }

        for (; i < count; i++)
            y[i] = x[i] * scale;
    }
}
