using Course.Inference.Modeling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>A drafter that goes by a sequence's text alone and remembers nothing: one method.</summary>
public abstract class TextDrafter : IDrafter
{
    /// <summary>
    /// A tree of at most as many nodes as the shape has, and at most as deep; fewer or none where there is nothing to go by.
    /// </summary>
    /// <param name="text">Prompt and all emitted tokens.</param>
    /// <param name="shape">At least one node.</param>
    public abstract DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape);

    /// <summary>Fits every target unless overridden: what is proposed comes from the target's own text.</summary>
    public virtual void RequireFit(ILanguageModel target)
    {
    }

    public IDrafting Begin(int vocabularySize) => new Drafting(this);

    private sealed class Drafting(TextDrafter drafter) : IDrafting
    {
        public ModelUsage Usage => default;

        public void Join(Sequence sequence)
        {
        }

        public IReadOnlyList<DraftTree> Propose(IReadOnlyList<DraftRequest> requests) =>
            [.. requests.Select(request => drafter.Propose(request.Sequence.Text, request.Shape))];

        public void Commit(Sequence sequence, IReadOnlyList<int> path)
        {
        }

        public void Leave(Sequence sequence)
        {
        }

        public void Dispose()
        {
        }
    }
}
