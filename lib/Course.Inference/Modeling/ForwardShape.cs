namespace Course.Inference.Modeling;

/// <summary>All that the price of a forward pass depends on, summed over its rows.</summary>
/// <param name="Rows">B.</param>
/// <param name="NewTokens">Σ T_r.</param>
/// <param name="CachedTokens">Σ S_r, before the call.</param>
/// <param name="Pairs">Of a query and a key that it sees: Σ over the rows and over t &lt; T_r of S_r + t + 1; of a tree's node, the text and its path.</param>
/// <param name="Answers">Tokens whose logits are wanted.</param>
/// <param name="Cache">How keys and values are stored.</param>
public readonly record struct ForwardShape(int Rows, long NewTokens, long CachedTokens, long Pairs, long Answers, CacheType Cache = CacheType.AsModel)
{
    /// <summary>Σ S_r + T_r: the tokens whose keys and values are read.</summary>
    public long HeldTokens => CachedTokens + NewTokens;

    /// <summary>B rows of T new tokens after S cached ones.</summary>
    public static ForwardShape Uniform(int rows, int newTokens, int cached, LogitsOf wanted = LogitsOf.EveryToken, CacheType cache = CacheType.AsModel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(cached);
        long tokens = (long)rows * newTokens;
        return new(rows, tokens, (long)rows * cached, rows * PairsOf(newTokens, cached), AnswersTo(rows, tokens, wanted), cache);
    }

    /// <summary>The shape of a call that is about to be made; rows without a cache have S_r = 0.</summary>
    public static ForwardShape Of(TokenBatch tokens, IKeyValueCache? cache, LogitsOf wanted = LogitsOf.EveryToken)
    {
        long cached = 0, pairs = 0;
        for (var row = 0; row < tokens.Rows; row++)
        {
            var S = cache?.LengthOf(row) ?? 0;
            cached += S;
            pairs += tokens.Tree is { } tree ? PairsOf(tree, S) : PairsOf(tokens.LengthOf(row), S);
        }
        return new(tokens.Rows, tokens.Count, cached, pairs, AnswersTo(tokens.Rows, tokens.Count, wanted), cache?.Type ?? CacheType.AsModel);
    }

    private static long PairsOf(long T, long S) => T * S + T * (T + 1) / 2;

    private static long PairsOf(TokenTree tree, long S)
    {
        var pairs = tree.New * (S - tree.Held);
        for (var node = tree.Held; node < tree.Count; node++)
            pairs += tree.DepthOf(node) + 1;
        return pairs;
    }

    private static long AnswersTo(int rows, long tokens, LogitsOf wanted) => wanted switch
    {
        LogitsOf.EveryToken => tokens,
        LogitsOf.LastToken => rows,
        LogitsOf.NoToken => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "No such answer."),
    };
}
