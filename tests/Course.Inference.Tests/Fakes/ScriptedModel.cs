namespace Course.Inference.Tests.Fakes;

/// <summary>
/// A model that knows beforehand what it will be asked. Each forward pass must be the next one of the script, with these tokens at this
/// offset; each rewind must be the next one too. What it answers is one-hot: the tokens that the script wants next.
/// </summary>
public sealed class ScriptedModel(int vocabularySize, int contextLength, params IReadOnlyList<ScriptedCall> script) : ILanguageModel
{
    private int done;

    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    public ScriptedCache? Cache { get; private set; }

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => Cache = new(this, rows, contextLength);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        var call = Next<ScriptedForward>();
        Assert.Equal(1, tokens.Rows);
        Assert.Equal(call.Offset, cache?.Length ?? 0);
        Assert.Equal(call.Tokens, tokens.Tokens.ToArray());
        (cache as ScriptedCache)?.Append(tokens.Length);
        var layout = Logits.LayoutOf(tokens, wanted);
        var logits = new float[layout.Count * vocabularySize];
        for (var answer = 0; answer < layout.Count; answer++)
            logits[answer * vocabularySize + call.Answers[^(layout.Count - answer)]] = 100;
        return new(layout, vocabularySize, logits);
    }

    public ForwardCost Cost(ForwardShape shape) => new(shape.NewTokens, 1, shape.CachedTokens, shape.Answers);

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
/// <param name="Answers">Which token the model then finds certain after each of them that is answered.</param>
public sealed record ScriptedForward(int Offset, int[] Tokens, int[] Answers) : ScriptedCall;

/// <param name="Count">How many tokens the cache forgets.</param>
public sealed record ScriptedRewind(int Count) : ScriptedCall;

/// <param name="Further">Of the places behind those that stay, which the cache keeps.</param>
public sealed record ScriptedKeep(params int[] Further) : ScriptedCall;

/// <summary>A cache that only counts, and reports its rewinds to the script.</summary>
public sealed class ScriptedCache(ScriptedModel model, int rows, int capacity) : IKeyValueCache
{
    public int Rows => rows;

    public int Capacity => capacity;

    public int Length { get; private set; }

    public long Bytes => 0;

    public CacheType Type => CacheType.AsModel;

    public bool Disposed { get; private set; }

    public void Append(int count) => Length += count;

    public void Rewind(int count)
    {
        Assert.Equal(model.Next<ScriptedRewind>().Count, count);
        Length -= count;
    }

    public int LengthOf(int row) => Length;

    public void Rewind(int row, int count) => Rewind(count);

    public void Keep(int row, int length, ReadOnlySpan<int> further)
    {
        Assert.Equal(model.Next<ScriptedKeep>().Further, further.ToArray());
        Length = length + further.Length;
    }

    public void Add() => Assert.Fail("A decoder of one text adds no row.");

    public void Remove(int row) => Length = 0; // a text that has ended leaves

    public void Dispose() => Disposed = true;
}
