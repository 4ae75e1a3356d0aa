namespace Course.Inference.Sampling;

/// <summary>
/// All the randomness there is in decoding, as two questions. A seeded generator answers them in production;
/// in proofs an enumerator walks every answer and so yields the exact law of what was emitted.
/// </summary>
public interface IRandomness
{
    /// <summary>Yes with this probability. 0 is never, 1 is always; values outside [0, 1] and NaN are refused.</summary>
    bool Accept(double probability);

    /// <summary>Index i with probability p[i]. The probabilities must be a distribution: finite, not negative, summing to one.</summary>
    int Draw(ReadOnlySpan<double> probabilities);
}
