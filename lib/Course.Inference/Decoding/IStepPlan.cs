namespace Course.Inference.Decoding;

/// <summary>What a plan knows of a sequence.</summary>
/// <param name="Sequence">Which one.</param>
/// <param name="Unseen">
/// Tokens of its text that the cache lacks: 1 where it decodes, more where it still reads its prompt, or reads its text again.
/// </param>
/// <param name="Draft">The most draft tokens that it can use in this step, if it brings all of its unseen tokens.</param>
public readonly record struct SequenceState(Sequence Sequence, int Unseen, int Draft);

/// <summary>What a sequence may bring to a step.</summary>
/// <param name="Tokens">Of its own text, at most the unseen ones; none: it takes no part.</param>
/// <param name="Draft">At most so many draft tokens on top; none unless all unseen tokens come.</param>
public readonly record struct StepShare(int Tokens, int Draft);

/// <summary>
/// Decides who takes part in a step and with how many tokens. A scheduler's policy goes here; it decides how fast texts come, never what
/// they say.
/// </summary>
public interface IStepPlan
{
    /// <summary>Shares one step out. At least one sequence must get a token.</summary>
    /// <param name="sequences">Those in the loop, in the order in which they joined.</param>
    /// <param name="shares">One for each sequence, to be filled; nothing at first.</param>
    void Plan(ReadOnlySpan<SequenceState> sequences, Span<StepShare> shares);
}

/// <summary>
/// Serves every sequence, as far as a budget reaches: first a token of each one that decodes, then their drafts, then prompts, a chunk of
/// each, and last the drafts after prompts that end in this step; each time in the order in which the sequences joined. One that gets
/// nothing waits for a later step.
/// </summary>
/// <param name="chunk">The most tokens of a prompt in one step.</param>
/// <param name="budget">The most tokens of a step.</param>
public sealed class ServeAll(int chunk = int.MaxValue, int budget = int.MaxValue) : IStepPlan
{
    public void Plan(ReadOnlySpan<SequenceState> sequences, Span<StepShare> shares)
    {
        var left = budget;
        foreach (var prompts in (ReadOnlySpan<bool>)[false, true])
        {
            for (var i = 0; i < sequences.Length; i++)
                if (sequences[i].Unseen > 1 == prompts)
                    left -= (shares[i] = new(Math.Min(left, Math.Min(sequences[i].Unseen, prompts ? chunk : 1)), 0)).Tokens;
            for (var i = 0; i < sequences.Length; i++)
                if (sequences[i].Unseen > 1 == prompts && shares[i].Tokens == sequences[i].Unseen)
                    left -= (shares[i] = shares[i] with { Draft = Math.Min(left, sequences[i].Draft) }).Draft;
        }
    }
}
