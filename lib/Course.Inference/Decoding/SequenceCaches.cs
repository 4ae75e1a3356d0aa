using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>
/// A model and what it remembers of some sequences, a row each. It is fed ahead, and goes back where it was led astray. The one place where
/// lengths are checked: after every call and every commit each row must hold just what was fed to it and kept.
/// </summary>
/// <param name="model">What computes.</param>
/// <param name="options">How keys and values are stored.</param>
internal sealed class SequenceCaches(ILanguageModel model, CacheOptions? options = null) : IDisposable
{
    private readonly List<int> lengths = []; // [B]: what each row must hold
    private IKeyValueCache? cache; // none before the first call: what is never fed costs nothing

    /// <summary>S_r.</summary>
    public int LengthOf(int row) => lengths[row];

    /// <summary>A sequence joins, as the last row.</summary>
    /// <exception cref="CourseException">There is no memory for it.</exception>
    public void Add()
    {
        cache?.Add();
        lengths.Add(0);
    }

    /// <summary>A sequence leaves; the rows after its own move up.</summary>
    public void Remove(int row)
    {
        cache?.Remove(row);
        lengths.RemoveAt(row);
    }

    /// <summary>Appends the tokens of every row and answers those that are wanted.</summary>
    public Logits Forward(TokenBatch tokens, LogitsOf wanted)
    {
        cache ??= model.CreateCache(lengths.Count, options);
        var logits = model.Forward(tokens, cache, wanted);
        for (var row = 0; row < lengths.Count; row++)
        {
            lengths[row] += tokens.LengthOf(row);
            Require(cache, row);
        }
        return logits;
    }

    /// <summary>
    /// Keeps the first <paramref name="length"/> tokens of a row, or all that it holds if those are fewer, and of the nodes after them
    /// those on a path, which move together; forgets the rest.
    /// </summary>
    /// <param name="row">Which row.</param>
    /// <param name="length">Tokens of the text.</param>
    /// <param name="path">Nodes by their place after the text, ascending.</param>
    public void Commit(int row, int length, IReadOnlyList<int> path)
    {
        if (cache is null || lengths[row] <= length)
            return;
        if (path.Count == 0 || path[^1] == path.Count - 1) // a path of the first nodes lies together
        {
            if (lengths[row] - length - path.Count is > 0 and var forgotten)
                cache.Rewind(row, forgotten);
        }
        else
        {
            cache.Keep(row, length, [.. path.Select(node => length + node)]);
        }
        lengths[row] = length + path.Count;
        Require(cache, row);
    }

    private void Require(IKeyValueCache cache, int row)
    {
        if (cache.LengthOf(row) != lengths[row])
            throw new InvalidOperationException($"After the step row {row} of the cache must hold {lengths[row]} tokens; it holds {cache.LengthOf(row)}.");
    }

    public void Dispose() => cache?.Dispose();
}
