using Course.Inference.Modeling;

namespace Course.Mutants.Checks;

/// <summary>
/// A model that has of attention what trees can get wrong: what it says hangs on which tokens it sees and on the positions at which they were put into the cache.
/// Mask and positions of a tree are the subject's; without a tree they are those of any text.
/// </summary>
internal sealed class AttendingToy(int vocabularySize, int contextLength, TreeParts trees) : ILanguageModel
{
    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => new TokenCache(rows, contextLength, options);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        var held = cache is TokenCache own ? own.Tokens[0] : []; // position · V + token
        var (layout, logits) = (Logits.LayoutOf(tokens, wanted), new List<float>());
        for (var t = 0; t < tokens.Length; t++)
        {
            var tree = tokens.TreeOf(0) is { } branching && branching.NodeAt(t) >= 0 ? branching : null;
            var (node, text) = (tree?.NodeAt(t) ?? 0, held.Count - (tree?.NodeAt(t) ?? 0));
            held.Add(((tree is null ? held.Count : text + trees.Position(tree, node)) * vocabularySize) + tokens[0, t]);
            var seen = tree is null ? held : [.. held.Take(text), .. trees.Sees(tree, node).Select(other => held[text + other])];
            if (t >= tokens.Length - layout.Count)
                logits.AddRange(Enumerable.Range(0, vocabularySize).Select(token => (float)seen.Sum(at => Math.Sin((at * 7.3) + (token * 2.9) + (at * token * 0.7)))));
        }
        return new(layout, vocabularySize, [.. logits]);
    }

    public ForwardCost Cost(ForwardShape shape) => default;
}
