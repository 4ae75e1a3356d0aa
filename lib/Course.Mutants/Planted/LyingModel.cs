using Course.Inference.Modeling;

namespace Course.Mutants.Planted;

/// <summary>A model whose caches hold something else than they say. No length gives them away.</summary>
/// <param name="model">What computes.</param>
/// <param name="lie">Makes the cache that is spoken to of the one that is there.</param>
internal sealed class LyingModel(ILanguageModel model, Func<IKeyValueCache, LyingCache> lie) : ILanguageModel
{
    public int VocabularySize => model.VocabularySize;

    public int ContextLength => model.ContextLength;

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => lie(model.CreateCache(rows, options));

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        if (cache is not LyingCache lying)
            return model.Forward(tokens, cache, wanted);
        var answers = Logits.LayoutOf(tokens, wanted);
        int[] rows = [.. Enumerable.Range(0, tokens.Rows)];
        int[][] fed = [.. rows.Select(row => lying.Feed(row, tokens.Row(row).ToArray()))];
        // A tree has its text before it, however much of that comes again.
        TokenTree?[] trees = [.. rows.Select(row => tokens.TreeOf(row) is { Held: 0 } tree ? tree.Behind(tree.Lead + fed[row].Length - tokens.LengthOf(row)) : tokens.TreeOf(row))];
        var batch = new TokenBatch(new([.. fed.Select(row => row.Length)]), [.. fed.SelectMany(row => row)], tokens.Branches ? trees : null);
        return model.Forward(batch, lying.Held, LogitsOf.LastTokens([.. rows.Select(answers.LengthOf)]));
    }

    public ForwardCost Cost(ForwardShape shape) => model.Cost(shape);
}

/// <summary>A cache that says that it holds what it was told to hold, whatever is there.</summary>
/// <param name="held">What is there.</param>
internal abstract class LyingCache(IKeyValueCache held) : IKeyValueCache
{
    private readonly List<List<int>> said = [.. Enumerable.Range(0, held.Rows).Select(_ => new List<int>())];

    public IKeyValueCache Held => held;

    public int Rows => said.Count;

    public int Capacity => held.Capacity;

    public int Length => said.Select(row => row.Count).DefaultIfEmpty(0).Max();

    public long Bytes => held.Bytes;

    public CacheType Type => held.Type;

    public int LengthOf(int row) => said[row].Count;

    /// <summary>What really reaches the model of a row's tokens.</summary>
    public int[] Feed(int row, int[] tokens)
    {
        Settle();
        var fed = tokens.Length == 0 ? tokens : Brings([.. said[row]], held.LengthOf(row), tokens);
        said[row].AddRange(tokens);
        return fed;
    }

    public void Rewind(int count)
    {
        for (var row = 0; row < Rows; row++)
            Rewind(row, count);
    }

    public void Rewind(int row, int count)
    {
        Forget(row, count);
        said[row].RemoveRange(said[row].Count - count, count);
    }

    public void Keep(int row, int length, ReadOnlySpan<int> further)
    {
        KeepPath(row, length, further.ToArray());
        said[row] = [.. said[row][..length], .. further.ToArray().Select(place => said[row][place])];
    }

    public void Add()
    {
        held.Add();
        said.Add([]);
    }

    public void Remove(int row)
    {
        Settle();
        held.Remove(row);
        said.RemoveAt(row);
    }

    public void Dispose() => held.Dispose();

    /// <param name="said">What the row is said to hold.</param>
    /// <param name="length">How much it holds.</param>
    /// <param name="tokens">What comes.</param>
    protected virtual int[] Brings(int[] said, int length, int[] tokens) => tokens;

    protected virtual void Forget(int row, int count) => held.Rewind(row, count);

    protected virtual void KeepPath(int row, int length, int[] further) => held.Keep(row, length, further);

    /// <summary>Before anything else is done to the cache.</summary>
    protected virtual void Settle()
    {
    }
}

/// <summary>Rewinds by another count.</summary>
/// <param name="held">What is there.</param>
/// <param name="really">Given what was asked for and how much the row holds, what it is rewound by.</param>
/// <param name="again">Whether tokens that are missing come again with the next call.</param>
internal sealed class OtherRewind(IKeyValueCache held, Func<int, int, int> really, bool again) : LyingCache(held)
{
    protected override int[] Brings(int[] said, int length, int[] tokens) => again && length < said.Length ? [.. said[length..], .. tokens] : tokens;

    protected override void Forget(int row, int count) => Held.Rewind(row, really(count, Held.LengthOf(row)));
}

/// <summary>Takes the last of two tokens only: after a draft that was accepted whole these are its own last and the target's.</summary>
internal sealed class LastOfTwo(IKeyValueCache held) : LyingCache(held)
{
    protected override int[] Brings(int[] said, int length, int[] tokens) => tokens.Length == 2 && said.Length > 0 ? [tokens[1]] : tokens;

    // What was left out is not there to be forgotten.
    protected override void Forget(int row, int count) => Held.Rewind(row, Math.Min(count, Held.LengthOf(row)));
}

/// <summary>Keeps the first nodes of a tree instead of its path.</summary>
internal sealed class FirstPath(IKeyValueCache held) : LyingCache(held)
{
    protected override void KeepPath(int row, int length, int[] further) => Held.Rewind(row, Held.LengthOf(row) - length - further.Length);
}

/// <summary>Rewinds all rows together, when it is known what each one asks for.</summary>
/// <param name="held">What is there.</param>
/// <param name="rewind">Given what each row asked for.</param>
internal sealed class RewindTogether(IKeyValueCache held, Action<IKeyValueCache, int[]> rewind) : LyingCache(held)
{
    private readonly int[] asked = new int[held.Rows];

    protected override void Forget(int row, int count) => asked[row] += count;

    protected override void Settle()
    {
        if (asked.Any(count => count > 0))
            rewind(Held, asked[..Rows]);
        Array.Clear(asked);
    }
}
