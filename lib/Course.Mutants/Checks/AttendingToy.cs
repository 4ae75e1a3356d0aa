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

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = LogitsOf.EveryToken)
    {
        var held = cache is TokenCache own ? own.Tokens[0] : []; // position · V + token
        var text = held.Count - (tokens.Tree?.Held ?? 0);
        var logits = new List<float>();
        for (var t = 0; t < tokens.Length; t++)
        {
            var node = held.Count - text;
            held.Add(((tokens.Tree is { } of ? text + trees.Position(of, node) : held.Count) * vocabularySize) + tokens[0, t]);
            var seen = tokens.Tree is { } tree ? [.. held.Take(text), .. trees.Sees(tree, node).Select(other => held[text + other])] : held;
            if (wanted == LogitsOf.EveryToken || (wanted == LogitsOf.LastToken && t == tokens.Length - 1))
                logits.AddRange(Enumerable.Range(0, vocabularySize).Select(token => (float)seen.Sum(at => Math.Sin((at * 7.3) + (token * 2.9) + (at * token * 0.7)))));
        }
        return new(Logits.LayoutOf(tokens, wanted), vocabularySize, [.. logits]);
    }

    public ForwardCost Cost(ForwardShape shape) => default;
}
