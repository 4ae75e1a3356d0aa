namespace Course.Inference.Sampling;

/// <summary>
/// Logits to the distribution that the next token is drawn from: temperature, then top-k, top-p and min-p.
/// Everything is in double precision; this is the reference that a faster path must equal.
/// Temperature 0 gives one token all the probability, so greedy decoding and sampling are one code path.
/// </summary>
public sealed class SamplingPipeline(SamplingOptions options)
{
    private readonly SamplingOptions options = options.Validated();

    /// <summary>[V] logits → [V] probabilities that sum to one.</summary>
    /// <exception cref="CourseException">A logit is NaN or +∞, or all are −∞: there is no distribution to draw from.</exception>
    public double[] Distribution(ReadOnlySpan<float> logits)
    {
        var probabilities = new double[logits.Length];
        Apply(logits, probabilities);
        return probabilities;
    }

    /// <inheritdoc cref="Distribution"/>
    public void Apply(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        Temperature.Apply(logits, probabilities, options.Temperature);
        TopK.Apply(probabilities, options.TopK);
        TopP.Apply(probabilities, options.TopP);
        MinP.Apply(probabilities, options.MinP);
    }
}
