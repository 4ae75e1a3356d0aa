using System.Runtime.Intrinsics;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>What is decided about one candidate x, with p the target's distribution and q the one that x was drawn from.</summary>
public interface ICandidateRule
{
    /// <summary>Whether x is accepted.</summary>
    bool Accepts(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x, IRandomness randomness);

    /// <summary>Once x is rejected: the distribution, [V], of which the next candidate, or else the target's own token, must be.</summary>
    void Residual(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x, Span<double> residual);
}

/// <summary>
/// Leviathan, Kalman and Matias 2023, algorithm 1; Chen et al. 2023, algorithm 2:
/// <code>
/// x ~ q        accept x with probability min(1, p(x) / q(x)); else draw from norm(max(0, p − q))
/// </code>
/// emits x with probability q(x) · min(1, p(x)/q(x)) + P(reject) · max(0, p(x) − q(x)) / Σ max(0, p − q) = min(p(x), q(x)) + max(0, p(x) −
/// q(x)) = p(x), because P(reject) = 1 − Σ min(p, q) = Σ max(0, p − q).
/// </summary>
public sealed class SpeculativeSampling : ICandidateRule
{
    public bool Accepts(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x, IRandomness randomness) => randomness.Accept(AcceptanceProbability(p, q, x));

    void ICandidateRule.Residual(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x, Span<double> residual) => Residual(p, q, residual);

    /// <summary>min(1, p(x) / q(x))</summary>
    /// <exception cref="CourseException">q(x) is not positive, so x cannot have been drawn from it.</exception>
    public static double AcceptanceProbability(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x) => q[x] > 0
        ? Math.Min(1, p[x] / q[x])
        : throw new CourseException($"The draft proposes token {x}, and its own distribution gives that token {q[x]:R}. Hand over the distribution that the token was drawn from.");

    /// <summary>norm(max(0, p − q)), [V]: what p has and q does not.</summary>
    public static double[] Residual(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var residual = new double[p.Length];
        Residual(p, q, residual);
        return residual;
    }

    /// <inheritdoc cref="Residual(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static void Residual(ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> residual)
    {
        if (p.Length != q.Length || p.Length != residual.Length)
            throw new CourseException($"p and q are distributions over one vocabulary; got {p.Length} and {q.Length} probabilities, and room for {residual.Length}.");
        var i = 0;
        for (; i <= p.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            Vector256.Max(Vector256<double>.Zero, Vector256.Create(p[i..]) - Vector256.Create(q[i..])).CopyTo(residual[i..]);
        for (; i < p.Length; i++)
            residual[i] = Math.Max(0, p[i] - q[i]);
        // Where p and q differ by rounding alone, a rejection is as rare as rounding is small, and p is the residual's limit.
        if (CompensatedSum.Of(residual) <= 0)
            p.CopyTo(residual);
        else
            Distributions.Normalise(residual);
    }
}
