using Course.Inference.Modeling;
using Course.Inference.Speculation.Trees;

namespace Course.Inference.Speculation;

/// <summary>How a token came to be emitted.</summary>
public enum TokenOrigin
{
    /// <summary>Drafted, and the target let it stand.</summary>
    Accepted,

    /// <summary>Drawn from the residual, in place of a draft token that was rejected.</summary>
    Resampled,

    /// <summary>Drawn from the target behind a draft that stood whole; with γ = 0, every token.</summary>
    Bonus,
}

/// <summary>One round of draft and verification.</summary>
/// <param name="Asked">γ of this round, after limits.</param>
/// <param name="Drafted">Tokens proposed.</param>
/// <param name="Accepted">Of them, how many the target let stand.</param>
/// <param name="Emitted">Tokens that the run took: <paramref name="Accepted"/> and the target's own, unless it ended among them.</param>
/// <param name="Draft">What the drafter's model was asked for.</param>
/// <param name="Target">What the target was asked for, rejected tokens included; the first round's holds the prompt.</param>
/// <param name="DraftTime">Spent in the drafter.</param>
/// <param name="TargetTime">Spent in the target.</param>
/// <param name="Time">Of the whole round; what the two others leave is distributions, acceptance and bookkeeping.</param>
public readonly record struct SpeculationStep(
    int Asked, int Drafted, int Accepted, int Emitted, ModelUsage Draft, ModelUsage Target, TimeSpan DraftTime, TimeSpan TargetTime, TimeSpan Time)
{
    /// <summary>The tokens proposed, in order, also those that were rejected.</summary>
    public IReadOnlyList<int> Guesses { get; init; } = [];

    /// <summary>How the guesses branched and which stood; null where each followed the one before it.</summary>
    public TreeStep? Tree { get; init; }

    /// <summary>Guesses that the rule decided on; what lies behind a rejection is not looked at.</summary>
    public int Judged => Tree?.Judged ?? Math.Min(Accepted + 1, Drafted);

    /// <summary>How the round's token at this place came.</summary>
    public TokenOrigin OriginOf(int place) =>
        place < Accepted ? TokenOrigin.Accepted : Tree?.Whole ?? Accepted == Drafted ? TokenOrigin.Bonus : TokenOrigin.Resampled;

    /// <summary>The guesses for the round's token at this place that were rejected.</summary>
    public IReadOnlyList<int> RejectedAt(int place)
    {
        var guesses = Guesses;
        return Tree is not null ? [.. Tree.RejectedAt(place).Select(node => guesses[node])] : place == Accepted && place < guesses.Count ? [guesses[place]] : [];
    }
}
