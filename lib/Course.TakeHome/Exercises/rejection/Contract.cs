namespace Course.TakeHome.Contracts;

/// <summary>What is emitted at one position.</summary>
/// <param name="Token">The emitted token.</param>
/// <param name="Accepted">Whether it is the draft token, accepted.</param>
public readonly record struct Settled(int Token, bool Accepted);

/// <summary>Exercise "rejection": accepts or replaces one draft token.</summary>
public interface IRejectionSampling
{
    /// <summary>The distribution to sample from, under the sampling options that the card names.</summary>
    /// <param name="logits">[V].</param>
    /// <returns>[V]: probabilities that sum to one.</returns>
    double[] Distribution(IReadOnlyList<float> logits);

    /// <summary>Emits a token that follows the target's distribution exactly, and is the draft token as often as that allows.</summary>
    /// <param name="target">[V]: the target's distribution at this position.</param>
    /// <param name="draft">[V]: the distribution that the draft token was drawn from.</param>
    /// <param name="guess">The draft token, drawn from <paramref name="draft"/>.</param>
    /// <param name="randomness">The only source of randomness.</param>
    Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness);
}
