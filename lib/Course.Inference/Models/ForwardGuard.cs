using Course.Inference.Caching;

namespace Course.Inference.Models;

/// <summary>What every model refuses before it computes anything.</summary>
internal static class ForwardGuard
{
    /// <summary>Throws unless the tokens are the model's, the cache is one that it made, and every row has room in the context.</summary>
    /// <exception cref="CourseException"/>
    public static void Require(ILanguageModel model, TokenBatch tokens, IKeyValueCache? cache)
    {
        tokens.RequireWithin(model.VocabularySize);
        if (cache is not null && (cache as IModelCache)?.Owner != model)
            throw new CourseException($"This model continues only from caches that it made; this {cache.GetType().Name} is not one. Call CreateCache on this model.");
        if (cache is not null && cache.Rows != tokens.Rows)
            throw new CourseException($"The cache holds {cache.Rows} rows and the call brings {tokens.Rows}. Call CreateCache({tokens.Rows}).");
        for (var row = 0; row < tokens.Rows; row++)
        {
            int S = cache?.LengthOf(row) ?? 0, T = tokens.LengthOf(row);
            if (S + T > model.ContextLength)
                throw new CourseException(
                    $"Row {row}: {S} cached and {T} new tokens exceed this model's context of {model.ContextLength}. Shorten the prompt or ask for fewer tokens.");
        }
    }
}
