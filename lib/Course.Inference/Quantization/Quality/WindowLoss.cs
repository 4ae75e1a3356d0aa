using Course.Inference.Modeling;

namespace Course.Inference.Quantization.Quality;

/// <summary>Means over the tokens of one window.</summary>
/// <param name="Nats">−ln q(next token).</param>
/// <param name="Divergence">KL(p ‖ q).</param>
/// <param name="SameChoice">Share of tokens after which p and q are largest at the same token.</param>
internal readonly record struct WindowLoss(double Nats, double Divergence, double SameChoice)
{
    /// <param name="p">[1, T, V]: the reference's logits.</param>
    /// <param name="q">[1, T, V]</param>
    /// <param name="window">T + 1 tokens.</param>
    public static WindowLoss Of(Logits p, Logits q, int[] window)
    {
        var positions = new WindowLoss[window.Length - 1];
        Parallel.For(0, positions.Length, t => positions[t] = At(p[0, t], q[0, t], window[t + 1]));
        return new(positions.Average(at => at.Nats), positions.Average(at => at.Divergence), positions.Average(at => at.SameChoice));
    }

    private static WindowLoss At(ReadOnlySpan<float> p, ReadOnlySpan<float> q, int next)
    {
        var (pTotal, qTotal) = (LogOfSum(p), LogOfSum(q));
        var divergence = 0.0;
        for (var x = 0; x < p.Length; x++)
        {
            var logP = p[x] - pTotal;
            if (double.IsFinite(logP)) // what p rules out does not count, and 0 · ln 0 is no number
                divergence += Math.Exp(logP) * (logP - (q[x] - qTotal));
        }

        return new(qTotal - q[next], divergence, Largest(p) == Largest(q) ? 1 : 0);
    }

    /// <summary>ln Σ eˣ</summary>
    private static double LogOfSum(ReadOnlySpan<float> logits)
    {
        double largest = logits[Largest(logits)], sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }

    private static int Largest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var x = 1; x < logits.Length; x++)
            if (logits[x] > logits[best])
                best = x;
        return best;
    }
}
