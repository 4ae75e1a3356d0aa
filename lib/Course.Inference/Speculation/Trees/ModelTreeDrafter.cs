using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>A smaller model on the target's vocabulary drafts a tree, one call for each depth, in which all nodes of that depth are fed together.</summary>
/// <param name="model">Its context may be shorter than the target's: past it, nothing is drafted.</param>
/// <param name="draw">
/// How siblings are drawn. At temperature 0 drawing without replacement is choosing the most probable tokens in their order, which is its limit.
/// </param>
public sealed class ModelTreeDrafter(ILanguageModel model, SiblingDraw draw = SiblingDraw.WithoutReplacement) : ITreeDrafter
{
    public void RequireFit(ILanguageModel target) => new ModelDrafter(model).RequireFit(target);

    public ITreeDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness) =>
        new ModelTreeDraftingRound(model, new(options.Sampling, draw, randomness), options.StopTokens);
}

/// <summary>One run of a <see cref="ModelTreeDrafter"/>.</summary>
/// <param name="model">The draft.</param>
/// <param name="siblings">Draws candidates.</param>
/// <param name="stopTokens">Behind them nothing would be emitted.</param>
public class ModelTreeDraftingRound(ILanguageModel model, SiblingSampler siblings, IReadOnlyCollection<int> stopTokens) : ITreeDraftingRound
{
    private readonly MeteredModel metered = new(model);
    private readonly List<double[]> laws = []; // [1 + nodes] of [V], kept between calls
    private readonly List<int> fed = [];       // the nodes that the draft's cache holds behind the sequence, in their order there
    private TreeGrowth growth = new(TreeShape.Chain(0));
    private CachedSequence? held;
    private int given; // tokens of the sequence when the proposal was made

    public ModelUsage Usage => metered.Usage;

    public DraftTree Propose(ReadOnlySpan<int> sequence, TreeShape shape)
    {
        (given, held) = (sequence.Length, held ?? new(metered));
        fed.Clear();
        // Leaves are not fed, so a path may reach one past the context.
        var room = Math.Max(0, model.ContextLength - given + 1);
        growth = new(shape.Within(room, room));
        if (growth.Shape.Count > 0)
            Grow(TokenTree.Root, held.Feed(sequence[held.Length..], LogitsOf.LastToken).Last());
        for (var depth = 0; growth.InnerNodes(depth, stopTokens) is { Length: > 0 } level; depth++)
            Feed(level);
        return growth.Tree(siblings.Draw);
    }

    private void Feed(int[] level)
    {
        var before = fed.Count;
        fed.AddRange(level);
        var tree = new TokenTree([.. fed.Select(node => fed.IndexOf(growth.Shape.ParentOf(node)))], before);
        var logits = held!.Feed([.. level.Select(node => growth.TokenOf(node))], tree);
        for (var i = 0; i < level.Length; i++)
            Grow(level[i], logits[0, i]);
    }

    private void Grow(int node, ReadOnlySpan<float> logits)
    {
        while (laws.Count <= node + 1)
            laws.Add(new double[model.VocabularySize]);
        growth.Grow(node, siblings.Sample(logits, growth.Shape.ChildrenOf(node).Count, laws[node + 1]), laws[node + 1]);
    }

    /// <summary>A leaf that stood was never fed: it comes with the next call, before the target's own.</summary>
    public virtual void Settle(IReadOnlyList<int> path)
    {
        if (held?.Length >= given)
            held.Keep(given, [.. path.Select(node => fed.IndexOf(growth.NodeOf(node))).Where(place => place >= 0)]);
    }

    public void Dispose()
    {
        held?.Dispose();
        GC.SuppressFinalize(this);
    }
}
