using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>Guesses several continuations at once, as a tree. As with <see cref="IDrafter"/>, how well decides the speed and never the text.</summary>
public interface ITreeDrafter
{
    /// <summary>Throws unless the guesses are tokens of this target.</summary>
    /// <exception cref="CourseException"/>
    void RequireFit(ILanguageModel target);

    /// <inheritdoc cref="IDrafter.Begin"/>
    ITreeDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness);
}

/// <summary>One run's drafting. Calls come in turn: propose, settle, propose, settle.</summary>
public interface ITreeDraftingRound : IDrafting
{
    /// <summary>A tree of at most as many nodes as the shape has, and at most as deep. It stands until the next call.</summary>
    /// <param name="sequence">Prompt and all emitted tokens.</param>
    /// <param name="shape">At least one node.</param>
    DraftTree Propose(ReadOnlySpan<int> sequence, TreeShape shape);

    /// <summary>Of the last proposal these nodes stand, from the root down; what was remembered of the others must go.</summary>
    void Settle(IReadOnlyList<int> path);
}
