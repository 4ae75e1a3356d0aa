using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Inference.Tests.Speculation;

/// <summary>A planted bug: after a rejection the target is sampled afresh, so what the draft likes comes up too often.</summary>
internal sealed class FreshSampleAfterRejection : ICandidateRule
{
    /// <summary>As a rule.</summary>
    public static IVerificationRule Rule { get; } = new RecursiveRejection(new FreshSampleAfterRejection());

    public bool Accepts(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x, IRandomness randomness) =>
        randomness.Accept(SpeculativeSampling.AcceptanceProbability(p, q, x));

    public void Residual(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int x, Span<double> residual) => p.CopyTo(residual);
}
