namespace Course.TakeHome.Contracts;

/// <summary>What is emitted at one position.</summary>
/// <param name="Token">The token.</param>
/// <param name="Accepted">Whether it is the draft's guess, kept.</param>
public readonly record struct Settled(int Token, bool Accepted);

/// <summary>Exercise "rejection": one guess of a draft model, and what is emitted in its place or as it is.</summary>
public interface IRejectionSampling
{
    /// <summary>The distribution that one samples from, under the sampling options that the card names.</summary>
    /// <param name="logits">[V]</param>
    /// <returns>[V], summing to one.</returns>
    double[] Distribution(IReadOnlyList<float> logits);

    /// <summary>Emits a token that follows the target's distribution exactly, and is the guess as often as that allows.</summary>
    /// <param name="target">[V]: the target's distribution at this position.</param>
    /// <param name="draft">[V]: the distribution that the guess was drawn from.</param>
    /// <param name="guess">A token drawn from <paramref name="draft"/>.</param>
    /// <param name="randomness">All chance there is.</param>
    Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness);
}
