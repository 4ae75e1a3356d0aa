using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Speculation;

namespace Course.Mutants;

/// <summary>What several candidates at a position add to a subject.</summary>
public sealed record TreeParts
{
    /// <summary>Makes a drafter of a draft model.</summary>
    public Func<ILanguageModel, SiblingDraw, IDrafter> Drafter { get; init; } = (model, draw) => new ModelDrafter(model, draw);

    /// <summary>Acceptance, residual, bonus.</summary>
    public IVerificationRule Rule { get; init; } = new RecursiveRejection();

    /// <summary>Which nodes of a tree a node sees, itself among them.</summary>
    public Func<TokenTree, int, IEnumerable<int>> Sees { get; init; } = (tree, node) => tree.PathTo(node).ToArray();

    /// <summary>A node's position, counted from the end of the text.</summary>
    public Func<TokenTree, int, int> Position { get; init; } = (tree, node) => tree.DepthOf(node);
}
