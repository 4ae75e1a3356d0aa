using Course.Inference.Caching;

namespace Course.Inference.Tests.Fakes;

/// <summary>A cache whose content is the tokens it has seen.</summary>
public sealed class TokenCache(int rows, int capacity) : IKeyValueCache
{
    public IReadOnlyList<List<int>> Tokens { get; } = [.. Enumerable.Range(0, rows).Select(_ => new List<int>())];

    public int Rows => rows;

    public int Capacity => capacity;

    public int Length => Tokens[0].Count;

    public long Bytes => 0;

    public bool Disposed { get; private set; }

    public void Rewind(int count)
    {
        if (count < 0 || count > Length)
            throw new CourseException($"Cannot rewind {count} tokens: the cache holds {Length}.");
        foreach (var row in Tokens)
            row.RemoveRange(row.Count - count, count);
    }

    public void Dispose() => Disposed = true;
}
