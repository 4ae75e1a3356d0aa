namespace Course.Inference.Quantization.Quality;

/// <summary>How well a model predicts a text, and how far it is from the model that it stands for.</summary>
/// <param name="Name">The model's.</param>
/// <param name="NatsPerToken">−ln p(next token).</param>
/// <param name="ExcessNats">Nats per token above the reference's on the same windows: paired, so that the text's own spread cancels.</param>
/// <param name="Divergence">KL(reference ‖ this) of the next token's distribution, in nats per token.</param>
/// <param name="SameChoice">Share of tokens after which both find the same one most probable.</param>
/// <param name="Windows">Pieces of text.</param>
/// <param name="Tokens">Predictions.</param>
public sealed record ModelQuality(string Name, Estimate NatsPerToken, Estimate ExcessNats, Estimate Divergence, double SameChoice, int Windows, long Tokens)
{
    /// <summary>e to the mean of nats per token.</summary>
    public double Perplexity => Math.Exp(NatsPerToken.Mean);

    /// <summary>Perplexity over the reference's, minus one.</summary>
    public double PerplexityIncrease => Math.Exp(ExcessNats.Mean) - 1;

    /// <summary>95 % interval of <see cref="PerplexityIncrease"/>.</summary>
    public Interval IncreaseInterval => new(Math.Exp(ExcessNats.Interval.Low) - 1, Math.Exp(ExcessNats.Interval.High) - 1);
}
