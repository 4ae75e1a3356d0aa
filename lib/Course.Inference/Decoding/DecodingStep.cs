using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>What became of a sequence in a step.</summary>
/// <param name="Sequence">Which one.</param>
/// <param name="Fed">Tokens of its own text that it brought; none where it took no part.</param>
/// <param name="Asked">The most tokens that were to be drafted for it.</param>
/// <param name="Guesses">The draft tokens, also those that were rejected.</param>
/// <param name="Parents">
/// Of every draft token: an earlier one, or <see cref="TokenTree.Root"/>; null where each follows the one before it.
/// </param>
/// <param name="Path">The draft tokens that were accepted, from the root down.</param>
/// <param name="Judged">How many of them the rule decided on.</param>
/// <param name="Emitted">
/// How many tokens it emitted: the accepted ones and the model's own, unless it ended among them. None after a part of its prompt.
/// </param>
public readonly record struct SequenceStep(
    Sequence Sequence, int Fed, int Asked, IReadOnlyList<int> Guesses, IReadOnlyList<int>? Parents, IReadOnlyList<int> Path, int Judged, int Emitted);

/// <summary>One step of a <see cref="DecodingLoop"/>: one call of the model, and what came of it.</summary>
/// <param name="Sequences">Those that were in the loop, in the order in which they joined.</param>
/// <param name="Draft">What the drafter's model was asked for.</param>
/// <param name="Target">What the model was asked for, rejected tokens included.</param>
/// <param name="DraftTime">Spent in the drafter.</param>
/// <param name="TargetTime">Spent in the model.</param>
/// <param name="Time">Of the whole step; what the two others leave is distributions, verification and bookkeeping.</param>
public sealed record DecodingStep(
    IReadOnlyList<SequenceStep> Sequences, ModelUsage Draft, ModelUsage Target, TimeSpan DraftTime, TimeSpan TargetTime, TimeSpan Time)
{
    /// <summary>Tokens fed: chunks of prompts, one token of every sequence that is past its prompt, and drafts.</summary>
    public long NewTokens => Target.Tokens;

    /// <summary>Draft tokens of all sequences.</summary>
    public int Drafted { get; } = Sum(Sequences, part => part.Guesses.Count);

    /// <summary>Of them, how many the rule decided on.</summary>
    public int Judged { get; } = Sum(Sequences, part => part.Judged);

    /// <summary>Of those, how many were accepted.</summary>
    public int Accepted { get; } = Sum(Sequences, part => part.Path.Count);

    /// <summary>Tokens that the sequences emitted.</summary>
    public int Emitted { get; } = Sum(Sequences, part => part.Emitted);

    private static int Sum(IReadOnlyList<SequenceStep> parts, Func<SequenceStep, int> of)
    {
        var sum = 0;
        for (var i = 0; i < parts.Count; i++)
            sum += of(parts[i]);
        return sum;
    }
}
