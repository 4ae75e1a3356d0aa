using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>Guesses what comes next. How well decides the speed, never the text: the target checks every guess.</summary>
public interface IDrafter
{
    /// <summary>Throws unless the guesses are tokens of this target.</summary>
    /// <exception cref="CourseException"/>
    void RequireFit(ILanguageModel target);

    /// <summary>Drafting for one run.</summary>
    /// <param name="options">The run's: a draft is drawn from its own distribution under the same sampling options.</param>
    /// <param name="vocabularySize">V.</param>
    /// <param name="randomness">Answers every question of chance.</param>
    IDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness);
}

/// <summary>One run's drafting. Calls come in turn: propose, settle, propose, settle.</summary>
public interface IDraftingRound : IDrafting
{
    /// <summary>At most <paramref name="count"/> tokens that may follow, in order; fewer or none where there is nothing to go by. They stand until the next call.</summary>
    /// <param name="sequence">Prompt and all emitted tokens.</param>
    /// <param name="count">At least 1.</param>
    IReadOnlyList<DraftToken> Propose(ReadOnlySpan<int> sequence, int count);

    /// <summary>Of the last proposal the first <paramref name="accepted"/> tokens stand; what was remembered of the others must go.</summary>
    void Settle(int accepted);
}

/// <summary>What all drafting has in common.</summary>
public interface IDrafting : IDisposable
{
    /// <summary>What the drafter's own model was asked for so far; nothing where there is no model.</summary>
    ModelUsage Usage { get; }
}
