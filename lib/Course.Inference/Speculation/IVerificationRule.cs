using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>A token that a drafter proposes.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Law">q, [V]: the distribution that it was drawn from, truncations included. All on the token itself where nothing was drawn.</param>
public readonly record struct DraftToken(int Token, double[] Law);

/// <summary>What became of a draft.</summary>
/// <param name="Accepted">How many of its tokens stand, from the first on.</param>
/// <param name="Next">The target's own token behind them: in place of the first that was rejected, or after all of them.</param>
public readonly record struct Judgement(int Accepted, int Next);

/// <summary>Decides which tokens of a draft stand, and which token follows them.</summary>
public interface IVerificationRule
{
    /// <param name="draft">γ tokens, each drawn from its own law.</param>
    /// <param name="target">γ + 1 distributions, [V] each: p after the sequence, after the first token of the draft, …, after all of it.</param>
    /// <param name="randomness">Answers every question of chance.</param>
    Judgement Verify(IReadOnlyList<DraftToken> draft, IReadOnlyList<double[]> target, IRandomness randomness);
}
