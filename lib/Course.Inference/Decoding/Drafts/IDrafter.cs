using Course.Inference.Modeling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>
/// Proposes what comes next. How well decides the speed, never the text: the target checks every proposal. One that goes by a sequence's
/// text alone derives from <see cref="TextDrafter"/>.
/// </summary>
public interface IDrafter
{
    /// <summary>Throws unless the proposals are tokens of this target.</summary>
    /// <exception cref="CourseException"/>
    void RequireFit(ILanguageModel target);

    /// <summary>Drafting for the sequences of one loop.</summary>
    /// <param name="vocabularySize">V.</param>
    IDrafting Begin(int vocabularySize);
}

/// <summary>What a sequence asks for in one step.</summary>
/// <param name="Sequence">What is to be continued; its text, its options and its randomness.</param>
/// <param name="Shape">The most nodes, and how they may branch: a chain of γ where no siblings are wanted. At least one node.</param>
public readonly record struct DraftRequest(Sequence Sequence, TreeShape Shape);

/// <summary>Drafting for sequences that join and leave. Of a step's calls each proposal is committed before the next one.</summary>
public interface IDrafting : IDisposable
{
    /// <summary>What the drafter's own model was asked for so far; nothing where there is no model.</summary>
    ModelUsage Usage { get; }

    /// <summary>A sequence will be drafted for. It may have been before, and have left.</summary>
    void Join(Sequence sequence);

    /// <summary>
    /// For every request a tree of at most as many nodes as its shape has, and at most as deep; fewer or none where there is nothing to go
    /// by.
    /// They hold until the next call.
    /// </summary>
    /// <param name="requests">Of some of the sequences, each at most once.</param>
    IReadOnlyList<DraftTree> Propose(IReadOnlyList<DraftRequest> requests);

    /// <summary>Of a sequence's proposal these nodes are accepted, from the root down; what was remembered of the others must go.</summary>
    void Commit(Sequence sequence, IReadOnlyList<int> path);

    /// <summary>A sequence is no longer drafted for.</summary>
    void Leave(Sequence sequence);
}
