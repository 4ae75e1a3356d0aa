namespace Course.Inference.Modeling;

/// <summary>All that the price of a forward pass depends on, summed over the rows that take part: nothing is read for one without tokens.</summary>
/// <param name="Rows">B, without those that bring no tokens.</param>
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
    public static ForwardShape Uniform(int rows, int newTokens, int cached, LogitsOf wanted = default, CacheType cache = CacheType.AsModel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(cached);
        long tokens = (long)rows * newTokens;
        return new(rows, tokens, (long)rows * cached, rows * PairsOf(newTokens, cached), rows * (long)wanted.CountIn(0, newTokens), cache);
    }

    /// <summary>The shape of a call that is about to be made; rows without a cache have S_r = 0.</summary>
    public static ForwardShape Of(TokenBatch tokens, IKeyValueCache? cache, LogitsOf wanted = default)
    {
        long cached = 0, pairs = 0, answers = 0;
        var rows = 0;
        for (var row = 0; row < tokens.Rows; row++)
        {
            var (T, S) = (tokens.LengthOf(row), cache?.LengthOf(row) ?? 0);
            answers += wanted.CountIn(row, T);
            if (T == 0)
                continue;
            (rows, cached) = (rows + 1, cached + S);
            pairs += tokens.TreeOf(row) is { } tree ? PairsOf(tree, S) : PairsOf(T, S);
        }
        return new(rows, tokens.Count, cached, pairs, answers, cache?.Type ?? CacheType.AsModel);
    }

    private static long PairsOf(long T, long S) => T * S + T * (T + 1) / 2;

    private static long PairsOf(TokenTree tree, long S)
    {
        var pairs = PairsOf(tree.Lead, S) + ((tree.Count - tree.Held) * (S + tree.Lead - tree.Held));
        for (var node = tree.Held; node < tree.Count; node++)
            pairs += tree.DepthOf(node) + 1;
        return pairs;
    }
}
