using Course.Inference.Modeling;
using Course.Inference.Speculation.Trees;

namespace Course.Mutants;

/// <summary>What several candidates at a place add to <see cref="Course.Inference.Speculation.SpeculationParts"/>.</summary>
public sealed record TreeParts
{
    /// <summary>Makes a drafter of a draft model.</summary>
    public Func<ILanguageModel, SiblingDraw, ITreeDrafter> Drafter { get; init; } = (model, draw) => new ModelTreeDrafter(model, draw);

    /// <summary>Which nodes of a tree a node sees, itself among them.</summary>
    public Func<TokenTree, int, IEnumerable<int>> Sees { get; init; } = (tree, node) => tree.PathTo(node).ToArray();

    /// <summary>A node's position, counted from the end of the text.</summary>
    public Func<TokenTree, int, int> Position { get; init; } = (tree, node) => tree.DepthOf(node);
}
