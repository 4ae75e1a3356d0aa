using Course.Inference.Decoding;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>How a token came to be emitted.</summary>
public enum TokenOrigin
{
    /// <summary>Drafted, and accepted by the target.</summary>
    Accepted,

    /// <summary>Drawn from the residual, in place of a draft token that was rejected.</summary>
    Resampled,

    /// <summary>Drawn from the target after a draft that was accepted whole; with γ = 0, every token.</summary>
    Bonus,
}

/// <summary>One step of draft and verification of one sequence.</summary>
/// <param name="Asked">γ of this step, after limits; of a tree, its nodes.</param>
/// <param name="Drafted">Tokens proposed.</param>
/// <param name="Accepted">Of them, how many the target accepted.</param>
/// <param name="Emitted">Tokens that the run took: <paramref name="Accepted"/> and the target's own, unless it ended among them.</param>
/// <param name="Draft">What the drafter's model was asked for.</param>
/// <param name="Target">What the target was asked for, rejected tokens included; the first step's holds the prompt.</param>
/// <param name="DraftTime">Spent in the drafter.</param>
/// <param name="TargetTime">Spent in the target.</param>
/// <param name="Time">Of the whole step; what the two others leave is distributions, acceptance and bookkeeping.</param>
public readonly record struct SpeculationStep(
    int Asked, int Drafted, int Accepted, int Emitted, ModelUsage Draft, ModelUsage Target, TimeSpan DraftTime, TimeSpan TargetTime, TimeSpan Time)
{
    /// <summary>The tokens proposed, in order, also those that were rejected.</summary>
    public IReadOnlyList<int> Guesses { get; init; } = [];

    /// <summary>How the guesses branched and which were accepted; null where each followed the one before it.</summary>
    public TreeStep? Tree { get; init; }

    /// <summary>Guesses that the rule decided on; what comes after a rejection is not looked at.</summary>
    public int Judged => Tree?.Judged ?? Math.Min(Accepted + 1, Drafted);

    /// <summary>A step of a loop with one sequence.</summary>
    internal static SpeculationStep Of(DecodingStep step)
    {
        var part = step.Sequences[0];
        return new(part.Asked, part.Guesses.Count, part.Path.Count, part.Emitted, step.Draft, step.Target, step.DraftTime, step.TargetTime, step.Time)
        {
            Guesses = part.Guesses,
            Tree = part.Parents is null ? null : new(part.Parents, part.Path, part.Judged),
        };
    }

    /// <summary>How the step's token at this place came.</summary>
    public TokenOrigin OriginOf(int place) =>
        place < Accepted ? TokenOrigin.Accepted : Tree?.Whole ?? Accepted == Drafted ? TokenOrigin.Bonus : TokenOrigin.Resampled;

    /// <summary>The guesses for the step's token at this place that were rejected.</summary>
    public IReadOnlyList<int> RejectedAt(int place)
    {
        var guesses = Guesses;
        return Tree is not null ? [.. Tree.RejectedAt(place).Select(node => guesses[node])] : place == Accepted && place < guesses.Count ? [guesses[place]] : [];
    }
}
