namespace Course.Inference.Modeling;

/// <summary>What every model refuses before it computes anything.</summary>
internal static class ForwardGuard
{
    /// <summary>Throws unless the tokens are the model's, the cache is one that it made, and every row has room in the context.</summary>
    /// <exception cref="CourseException"/>
    public static void Require(ILanguageModel model, TokenBatch tokens, IKeyValueCache? cache)
    {
        tokens.RequireWithin(model.VocabularySize);
        if (cache is not null)
            RequireOwn(model, cache);
        if (cache is not null && cache.Rows != tokens.Rows)
            throw new CourseException($"The cache holds {cache.Rows} rows and the call brings {tokens.Rows}. Call CreateCache({tokens.Rows}).");
        for (var row = 0; row < tokens.Rows; row++)
            RequireRoom(model, row, cache?.LengthOf(row) ?? 0, tokens.LengthOf(row));
        for (var row = 0; tokens.Branches && row < tokens.Rows; row++)
            if (tokens.TreeOf(row) is { } tree && tree.Held > (cache?.LengthOf(row) ?? 0))
                throw new CourseException(
                    $"The tree says that the cache holds {tree.Held} of its nodes, and the cache holds {cache?.LengthOf(row) ?? 0} tokens. Feed those nodes first.");
    }

    /// <summary>The same for T tokens of each of the cache's B rows, [B, T], without allocating.</summary>
    /// <exception cref="CourseException"/>
    public static void Require(ILanguageModel model, ReadOnlySpan<int> tokens, IKeyValueCache cache)
    {
        foreach (var token in tokens)
            if ((uint)token >= (uint)model.VocabularySize)
                throw new CourseException($"Token {token} is not in this model's vocabulary of {model.VocabularySize} tokens. Encode the text with the tokenizer that lies beside the model.");
        RequireOwn(model, cache);
        for (var row = 0; row < cache.Rows; row++)
            RequireRoom(model, row, cache.LengthOf(row), tokens.Length / cache.Rows);
    }

    private static void RequireOwn(ILanguageModel model, IKeyValueCache cache)
    {
        if ((cache as IOwnedCache)?.Owner != model)
            throw new CourseException($"This model continues only from caches that it made; this {cache.GetType().Name} is not one. Call CreateCache on this model.");
    }

    private static void RequireRoom(ILanguageModel model, int row, int S, int T)
    {
        if (S + T > model.ContextLength)
            throw new CourseException(
                $"Row {row}: {S} cached and {T} new tokens exceed this model's context of {model.ContextLength}. Shorten the prompt or ask for fewer tokens.");
    }
}
