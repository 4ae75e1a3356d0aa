using Course.Inference.Caching;
using Course.Inference.Models;

namespace Course.Inference.Decoding;

/// <summary>What was asked of a model.</summary>
/// <param name="Calls">Forward passes.</param>
/// <param name="Tokens">B·T summed over the calls: what was fed, a token as often as it was fed.</param>
/// <param name="Cost">Operations and bytes, from the model's own account.</param>
public readonly record struct ModelUsage(int Calls, long Tokens, ForwardCost Cost)
{
    public static ModelUsage operator +(ModelUsage a, ModelUsage b) => new(a.Calls + b.Calls, a.Tokens + b.Tokens, a.Cost + b.Cost);

    public static ModelUsage operator -(ModelUsage later, ModelUsage earlier) =>
        new(later.Calls - earlier.Calls, later.Tokens - earlier.Tokens, later.Cost - earlier.Cost);
}

/// <summary>A model that keeps an account of its calls and is otherwise the model it stands before.</summary>
public sealed class MeteredModel(ILanguageModel model) : ILanguageModel
{
    public int VocabularySize => model.VocabularySize;

    public int ContextLength => model.ContextLength;

    public ModelUsage Usage { get; private set; }

    public IKeyValueCache CreateCache(int rows = 1) => model.CreateCache(rows);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null)
    {
        var cost = model.Cost(tokens.Rows, tokens.Length, cache?.Length ?? 0); // before the call moves the cache
        var logits = model.Forward(tokens, cache);
        Usage = new(Usage.Calls + 1, Usage.Tokens + tokens.Tokens.Length, Usage.Cost + cost);
        return logits;
    }

    public ForwardCost Cost(int rows, int newTokens, int cached) => model.Cost(rows, newTokens, cached);
}
