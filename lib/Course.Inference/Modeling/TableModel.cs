using Course.Inference.Sampling;

namespace Course.Inference.Modeling;

/// <summary>
/// A language model that is a table: for every sequence of tokens the logits of the next one. Its cache holds the tokens themselves, so a
/// decoder that feeds the wrong ones, or rewinds too little, gets other logits, as it would from a real model.
/// </summary>
public sealed class TableModel(int vocabularySize, int contextLength, Func<IReadOnlyList<int>, float[]> table) : ILanguageModel
{
    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    /// <summary>Logits that are arbitrary but fixed, other ones after every sequence; some tokens cannot follow (−∞).</summary>
    public static TableModel Arbitrary(int vocabularySize, int contextLength, int seed = 1) => new(vocabularySize, contextLength, sequence =>
    {
        var random = new Random(sequence.Aggregate(seed, (hash, token) => unchecked(hash * 31 + token + 1)));
        var logits = new float[vocabularySize];
        foreach (ref var logit in logits.AsSpan(1))
            logit = random.Next(5) == 0 ? float.NegativeInfinity : random.NextSingle() * 4 - 2;
        return logits;
    });

    /// <summary>The same distribution whatever came before.</summary>
    public static TableModel Constant(int contextLength, params double[] probabilities) =>
        new(probabilities.Length, contextLength, _ => [.. probabilities.Select(p => (float)Math.Log(p))]);

    /// <summary>Another table, made of this one's logits: sharper, flatter, opposed.</summary>
    public TableModel Select(Func<float[], float[]> change) => new TableModel(vocabularySize, contextLength, sequence => change(table(sequence))).Remembered();

    /// <summary>The same table, which looks nothing up twice: an enumeration asks for the same sequences many thousand times.</summary>
    public TableModel Remembered()
    {
        var known = new Dictionary<IReadOnlyList<int>, float[]>(SequenceComparer.Instance);
        return new(vocabularySize, contextLength, sequence =>
        {
            if (!known.TryGetValue(sequence, out var logits))
                known.Add([.. sequence], logits = table(sequence));
            return logits;
        });
    }

    /// <summary>The logits of what follows a sequence.</summary>
    public float[] Logits(IReadOnlyList<int> sequence) => table(sequence);

    /// <summary>The last cache that was asked for.</summary>
    public TokenCache? Cache { get; private set; }

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => Cache = new(rows, contextLength, options);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        tokens.RequireWithin(vocabularySize);
        var histories = (cache as TokenCache)?.Tokens ?? [.. Enumerable.Range(0, tokens.Rows).Select(_ => new List<int>())];
        if (histories.Count != tokens.Rows)
            throw new CourseException($"The cache holds {histories.Count} rows and the call brings {tokens.Rows}.");
        for (var row = 0; row < tokens.Rows; row++)
            if (histories[row].Count + tokens.LengthOf(row) > contextLength)
                throw new CourseException($"{histories[row].Count} cached and {tokens.LengthOf(row)} new tokens exceed the context of {contextLength}.");
        var logits = new List<float>();
        var layout = Modeling.Logits.LayoutOf(tokens, wanted);
        for (var row = 0; row < tokens.Rows; row++)
            for (var position = 0; position < tokens.LengthOf(row); position++)
            {
                histories[row].Add(tokens[row, position]);
                // Looked up even if nobody asks: it may be a table that counts.
                var answer = table(tokens.TreeOf(row) is { } tree && tree.NodeAt(position) >= 0 ? PathTo(histories[row], tree, position) : histories[row]);
                if (position >= tokens.LengthOf(row) - layout.LengthOf(row))
                    logits.AddRange(answer);
            }
        return new(layout, vocabularySize, [.. logits]);
    }

    /// <summary>The text, and of the tree behind it what a new node sees.</summary>
    private static int[] PathTo(List<int> held, TokenTree tree, int position)
    {
        var text = held.Count - 1 - tree.NodeAt(position);
        return [.. held[..text], .. tree.PathTo(tree.NodeAt(position)).ToArray().Select(node => held[text + node])];
    }

    /// <summary>Prices that tell calls, tokens and offsets apart: they mean nothing else.</summary>
    public ForwardCost Cost(ForwardShape shape) => new(shape.NewTokens, 1, shape.CachedTokens, shape.Answers);
}
