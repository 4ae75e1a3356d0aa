using System.Buffers;
using System.Runtime.Intrinsics;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>
/// Leviathan, Kalman and Matias 2023, algorithm 1; Chen et al. 2023, algorithm 2. With p the target's distribution and q the draft's,
/// <code>
/// x ~ q        accept x with probability min(1, p(x) / q(x)); else draw from norm(max(0, p − q))
/// </code>
/// emits x with probability q(x) · min(1, p(x)/q(x)) + P(reject) · max(0, p(x) − q(x)) / Σ max(0, p − q) = min(p(x), q(x)) + max(0, p(x) − q(x)) = p(x),
/// because P(reject) = 1 − Σ min(p, q) = Σ max(0, p − q). The first rejection ends the draft: what was guessed behind it hangs on a token that is not there.
/// A draft that stands whole earns one token more, drawn from p, since the target has computed that distribution anyway.
/// </summary>
public class SpeculativeSampling : IVerificationRule
{
    public virtual Judgement Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness)
    {
        for (var i = 0; i < draft.Count; i++)
        {
            var (x, q) = draft[i];
            if (!Accepts(target[i], q, x, randomness))
                return new(Accepted: i, Next: Replace(target[i], q, x, randomness));
        }
        return new(Accepted: draft.Count, Next: Bonus(target[draft.Count], randomness));
    }

    /// <summary>With probability min(1, p(x) / q(x)).</summary>
    protected virtual bool Accepts(double[] p, double[] q, int x, IRandomness randomness) => randomness.Accept(AcceptanceProbability(p, q, x));

    /// <summary>In place of x, from what p has and q does not.</summary>
    protected virtual int Replace(double[] p, double[] q, int x, IRandomness randomness)
    {
        var buffer = ArrayPool<double>.Shared.Rent(p.Length);
        try
        {
            var residual = buffer.AsSpan(0, p.Length);
            Residual(p, q, residual);
            return randomness.Draw(residual);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    /// <summary>Behind a draft that stands whole, from p.</summary>
    protected virtual int Bonus(double[] p, IRandomness randomness) => randomness.Draw(p);

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
