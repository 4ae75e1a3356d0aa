using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>A model and its cache, following one sequence: it is fed ahead, and goes back when it was led astray.</summary>
public class CachedSequence(ILanguageModel model) : IDisposable
{
    private readonly IKeyValueCache cache = model.CreateCache();

    /// <summary>S: how many tokens of the sequence it holds.</summary>
    public int Length => cache.Length;

    /// <summary>Appends the T tokens that follow and answers those that are wanted.</summary>
    public virtual Logits Feed(ReadOnlySpan<int> tokens, LogitsOf wanted)
    {
        var expected = Length + tokens.Length;
        var logits = model.Forward(TokenBatch.Of(tokens), cache, wanted);
        Require(expected);
        return logits;
    }

    /// <summary>Appends the new nodes of a tree and answers all of them.</summary>
    public virtual Logits Feed(ReadOnlySpan<int> tokens, TokenTree tree)
    {
        var expected = Length + tokens.Length;
        var logits = model.Forward(TokenBatch.Branching(tokens, tree), cache);
        Require(expected);
        return logits;
    }

    /// <summary>Holds the first <paramref name="length"/> tokens and, of the tree behind them, a path from the root down; forgets the rest.</summary>
    public virtual void Keep(int length, IReadOnlyList<int> path)
    {
        cache.Keep(0, length, [.. path.Select(node => length + node)]);
        Require(length + path.Count);
    }

    /// <summary>Holds the first <paramref name="length"/> tokens and forgets what lies behind them.</summary>
    public virtual void Keep(int length)
    {
        cache.Rewind(Length - length);
        Require(length);
    }

    protected void Rewind(int count) => cache.Rewind(count);

    private void Require(int length)
    {
        if (Length != length)
            throw new InvalidOperationException($"After the step the cache must hold {length} tokens of the sequence; it holds {Length}.");
    }

    public void Dispose()
    {
        cache.Dispose();
        GC.SuppressFinalize(this);
    }
}
