namespace Course.Inference.Sampling;

/// <summary>Draws tokens: the pipeline makes the distribution, the randomness answers.</summary>
public sealed class Sampler(SamplingOptions options, IRandomness randomness)
{
    private readonly SamplingPipeline pipeline = new(options);
    private double[] probabilities = []; // [V], kept between calls

    /// <param name="logits">[V]</param>
    public TokenChoice Choose(ReadOnlySpan<float> logits)
    {
        if (probabilities.Length != logits.Length)
            probabilities = new double[logits.Length];
        pipeline.Apply(logits, probabilities);
        var token = randomness.Draw(probabilities);
        return new(token, probabilities[token]);
    }
}
