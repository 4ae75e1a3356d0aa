using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Course.Inference.Sampling;

/// <summary>softmax(logits / temperature), and its limit for temperature → 0 with ties going to the lowest id.</summary>
internal static class Temperature
{
    private static readonly int Lanes = Vector256<float>.Count;

    public static void Apply(ReadOnlySpan<float> logits, Span<double> probabilities, double temperature)
    {
        var largest = Largest(logits);
        if (temperature == 0)
        {
            probabilities.Clear();
            probabilities[FirstOf(logits, largest)] = 1;
            return;
        }

        Exponentials(logits, largest, temperature, probabilities, Vector512.IsHardwareAccelerated);
        Distributions.Normalise(probabilities);
    }

    /// <summary>
    /// <c>probabilities[i] = Math.Exp(((double)logits[i] - largest) / temperature)</c>, to a few units in the last place.
    /// The maximum is subtracted first: that keeps every exponent at or below zero, however small the temperature.
    /// The last few go the way of the others, in a block that is filled up: equal logits must stay equal, or ties would break.
    /// </summary>
    /// <param name="logits">[V]</param>
    /// <param name="largest">Of them.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="probabilities">[V], not yet normalised.</param>
    /// <param name="wide">In vectors of 512 bits: the same bits, sooner.</param>
    internal static void Exponentials(ReadOnlySpan<float> logits, double largest, double temperature, Span<double> probabilities, bool wide)
    {
        var i = 0;
        for (; wide && i <= logits.Length - (2 * Lanes); i += 2 * Lanes)
            Block(Vector512.Create(logits.Slice(i, 2 * Lanes)), largest, temperature, probabilities.Slice(i, 2 * Lanes));
        for (; i <= logits.Length - Lanes; i += Lanes)
            Block(Vector256.Create(logits.Slice(i, Lanes)), largest, temperature, probabilities.Slice(i, Lanes));
        if (i == logits.Length)
            return;
        Span<float> rest = stackalloc float[Lanes];
        Span<double> done = stackalloc double[Lanes];
        rest.Clear();
        logits[i..].CopyTo(rest);
        Block(Vector256.Create<float>(rest), largest, temperature, done);
        done[..(logits.Length - i)].CopyTo(probabilities[i..]);
    }

    private static void Block(Vector256<float> logits, double largest, double temperature, Span<double> to)
    {
        var (low, high) = Vector256.Widen(logits);
        (low, high) = (low - Vector256.Create(largest), high - Vector256.Create(largest));
        if (temperature != 1) // which would change nothing, and a division costs as much as what surrounds it
            (low, high) = (low / temperature, high / temperature);
        Exponential(low).CopyTo(to);
        Exponential(high).CopyTo(to[(Lanes / 2)..]);
    }

    private static void Block(Vector512<float> logits, double largest, double temperature, Span<double> to)
    {
        var (low, high) = Vector512.Widen(logits);
        (low, high) = (low - Vector512.Create(largest), high - Vector512.Create(largest));
        if (temperature != 1)
            (low, high) = (low / temperature, high / temperature);
        Exponential(low).CopyTo(to);
        Exponential(high).CopyTo(to[Lanes..]);
    }

    /// <summary>e^x, and 0 far below what a double can add to 1: one value out of the range sends a whole vector another way, which rounds otherwise.</summary>
    private static Vector256<double> Exponential(Vector256<double> x)
    {
        var least = Vector256.Create(-700.0);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, least), Vector256<double>.Zero, Vector256.Exp(Vector256.Max(x, least)));
    }

    /// <inheritdoc cref="Exponential(Vector256{double})"/>
    private static Vector512<double> Exponential(Vector512<double> x)
    {
        var least = Vector512.Create(-700.0);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, least), Vector512<double>.Zero, Vector512.Exp(Vector512.Max(x, least)));
    }

    private static float Largest(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
            throw new CourseException("There are no logits to choose from: the vocabulary is empty.");
        var most = Vector256.Create(float.NegativeInfinity);
        var blocks = MemoryMarshal.Cast<float, Vector256<float>>(logits);
        foreach (var block in blocks)
            most = Vector256.Max(most, block); // NaN stays, whatever comes behind it
        var largest = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
            largest = MathF.Max(largest, most[lane]);
        foreach (var logit in logits[(blocks.Length * Lanes)..])
            largest = MathF.Max(largest, logit);
        return float.IsFinite(largest) ? largest : throw Broken(logits);
    }

    private static int FirstOf(ReadOnlySpan<float> logits, float value)
    {
        var i = 0;
        for (; i <= logits.Length - Lanes; i += Lanes)
            if (Vector256.EqualsAny(Vector256.Create(logits.Slice(i, Lanes)), Vector256.Create(value)))
                break;
        while (logits[i] != value)
            i++;
        return i;
    }

    private static CourseException Broken(ReadOnlySpan<float> logits)
    {
        for (var i = 0; i < logits.Length; i++)
            if (float.IsNaN(logits[i]) || float.IsPositiveInfinity(logits[i]))
                return new(
                    $"The logit of token {i} is {logits[i]}; logits must be numbers or −∞. The weights or the arithmetic that made it are broken: " +
                    "look for overflow in a 16-bit type, or for a damaged checkpoint.");
        return new("Every logit is −∞: no token is allowed, so none can be drawn. Loosen the mask that was put on the logits.");
    }
}
