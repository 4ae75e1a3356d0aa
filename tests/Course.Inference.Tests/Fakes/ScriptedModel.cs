using Course.Inference.Caching;
using Course.Inference.Models;

namespace Course.Inference.Tests.Fakes;

/// <summary>
/// A model that knows beforehand what it will be asked. Each forward pass must be the next one of the script, with these
/// tokens at this offset; each rewind must be the next one too. What it answers is one-hot: the tokens that the script wants next.
/// </summary>
public sealed class ScriptedModel(int vocabularySize, int contextLength, params IReadOnlyList<ScriptedCall> script) : ILanguageModel
{
    private int done;

    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    public ScriptedCache? Cache { get; private set; }

    public IKeyValueCache CreateCache(int rows = 1) => Cache = new(this, rows, contextLength);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null)
    {
        var call = Next<ScriptedForward>();
        Assert.Equal(call.Offset, cache?.Length ?? 0);
        Assert.Equal(call.Tokens, tokens.Tokens.ToArray());
        (cache as ScriptedCache)?.Append(tokens.Length);
        var logits = new float[tokens.Tokens.Length * vocabularySize];
        for (var position = 0; position < tokens.Tokens.Length; position++)
            logits[position * vocabularySize + call.Answers[position]] = 100;
        return new(tokens.Rows, tokens.Length, vocabularySize, logits);
    }

    public ForwardCost Cost(int rows, int newTokens, int cached) => new(rows * newTokens, 1, cached, 0);

    /// <summary>Throws unless everything in the script has happened and every cache is disposed.</summary>
    public void AssertDone()
    {
        Assert.Equal(script.Count, done);
        Assert.True(Cache is null or { Disposed: true }, "The decoder left its cache open.");
    }

    internal T Next<T>() where T : ScriptedCall
    {
        Assert.True(done < script.Count, $"The script has {script.Count} calls, and there is one more.");
        return Assert.IsType<T>(script[done++]);
    }
}

/// <summary>What a decoder must do next.</summary>
public abstract record ScriptedCall;

/// <param name="Offset">S: how many tokens are cached before the call.</param>
/// <param name="Tokens">The T new ones.</param>
/// <param name="Answers">T: which token the model then finds certain after each of them.</param>
public sealed record ScriptedForward(int Offset, int[] Tokens, int[] Answers) : ScriptedCall;

/// <param name="Count">How many tokens the cache forgets.</param>
public sealed record ScriptedRewind(int Count) : ScriptedCall;

/// <summary>A cache that only counts, and reports its rewinds to the script.</summary>
public sealed class ScriptedCache(ScriptedModel model, int rows, int capacity) : IKeyValueCache
{
    public int Rows => rows;

    public int Capacity => capacity;

    public int Length { get; private set; }

    public long Bytes => 0;

    public bool Disposed { get; private set; }

    public void Append(int count) => Length += count;

    public void Rewind(int count)
    {
        Assert.Equal(model.Next<ScriptedRewind>().Count, count);
        Length -= count;
    }

    public void Dispose() => Disposed = true;
}
