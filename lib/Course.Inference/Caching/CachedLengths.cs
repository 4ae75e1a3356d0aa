using Course.Inference.Modeling;

namespace Course.Inference.Caching;

/// <summary>S_r of every row, and what every kind of cache refuses to do with them.</summary>
internal sealed class CachedLengths(int rows, int capacity)
{
    private readonly List<int> lengths = [.. Enumerable.Repeat(0, rows)];

    public int Rows => lengths.Count;

    public int Longest
    {
        get
        {
            var longest = 0;
            foreach (var length in lengths)
                longest = Math.Max(longest, length);
            return longest;
        }
    }

    public int this[int row]
    {
        get
        {
            RequireRow(row);
            return lengths[row];
        }
    }

    /// <summary>Throws unless there are as many rows and every one has room for its new tokens.</summary>
    public void RequireRoom(PackedRows newTokens)
    {
        if (newTokens.Rows != Rows)
            throw new CourseException($"The cache holds {Rows} rows and the call brings {newTokens.Rows}. Ask the model for a cache of {newTokens.Rows} rows.");
        for (var row = 0; row < Rows; row++)
            if (lengths[row] + (long)newTokens.LengthOf(row) > capacity)
                throw new CourseException(
                    $"Row {row} of the cache holds {lengths[row]} of at most {capacity} tokens: no room for {newTokens.LengthOf(row)} more. Rewind it, or shorten the text.");
    }

    public void Advance(PackedRows newTokens)
    {
        RequireRoom(newTokens);
        for (var row = 0; row < Rows; row++)
            lengths[row] += newTokens.LengthOf(row);
    }

    /// <summary>All rows, or none.</summary>
    public void Rewind(int count)
    {
        for (var row = 0; row < Rows; row++)
            RequireHeld(row, count);
        for (var row = 0; row < Rows; row++)
            lengths[row] -= count;
    }

    public void Rewind(int row, int count)
    {
        RequireRow(row);
        RequireHeld(row, count);
        lengths[row] -= count;
    }

    /// <summary>Throws unless the row holds the first <paramref name="length"/> tokens and, behind them, ascending, the further places.</summary>
    public void RequireKept(int row, int length, ReadOnlySpan<int> further)
    {
        RequireRow(row);
        var least = length;
        foreach (var place in further)
        {
            if (place < least || place >= lengths[row])
                throw new CourseException(
                    $"Cannot keep {length} tokens and those at [{string.Join(", ", further.ToArray())}]: places ascend from {length} on, and row {row} of the cache holds {lengths[row]}.");
            least = place + 1;
        }
        RequireHeld(row, lengths[row] - length);
    }

    public void Add(int length) => lengths.Add(length);

    public void Remove(int row)
    {
        RequireRow(row);
        lengths.RemoveAt(row);
    }

    public void RequireRow(int row)
    {
        if ((uint)row >= (uint)Rows)
            throw new CourseException($"There is no row {row}: the cache holds {Rows} rows.");
    }

    private void RequireHeld(int row, int count)
    {
        if (count < 0 || count > lengths[row])
            throw new CourseException($"Cannot rewind {count} tokens: row {row} of the cache holds {lengths[row]}.");
    }
}
