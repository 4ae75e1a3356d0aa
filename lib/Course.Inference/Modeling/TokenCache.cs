namespace Course.Inference.Modeling;

/// <summary>A cache whose content is the tokens it has seen.</summary>
public sealed class TokenCache(int rows, int capacity, CacheOptions? options = null) : IKeyValueCache
{
    private readonly List<List<int>> tokens = [.. Enumerable.Range(0, rows).Select(_ => new List<int>())];

    public IReadOnlyList<List<int>> Tokens => tokens;

    public int Rows => tokens.Count;

    public int Capacity => capacity;

    public int Length => tokens.Select(row => row.Count).DefaultIfEmpty(0).Max();

    public long Bytes => 0;

    public CacheType Type => options?.Type ?? CacheType.AsModel;

    public bool Disposed { get; private set; }

    public int LengthOf(int row) => tokens[row].Count;

    public void Rewind(int count)
    {
        for (var row = 0; row < Rows; row++)
            Require(row, count);
        for (var row = 0; row < Rows; row++)
            Rewind(row, count);
    }

    public void Rewind(int row, int count)
    {
        Require(row, count);
        tokens[row].RemoveRange(tokens[row].Count - count, count);
    }

    public void Keep(int row, int length, ReadOnlySpan<int> further)
    {
        Require(row, tokens[row].Count - length);
        int[] kept = [.. tokens[row][..length]];
        foreach (var place in further)
            kept = place >= length ? [.. kept, tokens[row][place]] : throw new CourseException($"Place {place} is among the first {length}, which stay.");
        tokens[row] = [.. kept];
    }

    public void Add() => tokens.Add([]);

    public void Remove(int row) => tokens.RemoveAt(row);

    public void Dispose() => Disposed = true;

    private void Require(int row, int count)
    {
        if (count < 0 || count > tokens[row].Count)
            throw new CourseException($"Cannot rewind {count} tokens: row {row} of the cache holds {tokens[row].Count}.");
    }
}
