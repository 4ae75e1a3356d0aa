using Course.Inference.Modeling;

namespace Course.Inference.Caching;

/// <summary>The first tokens of one block are to be copied to another.</summary>
internal readonly record struct BlockCopy(int From, int To, int Tokens);

/// <summary>
/// Which blocks hold which row (Kwon et al. 2023): token s of a row stands in its block s / blockTokens. Blocks are counted by the rows that refer to
/// them, and go back to the pool when none does. Bookkeeping only: no keys, no values.
/// </summary>
internal sealed class BlockTables
{
    private readonly int blockTokens;
    private readonly List<List<int>> tables; // [B] of ⌈S_r / blockTokens⌉ blocks, and those that are reserved
    private int[] references;                // [blocks]
    private readonly Stack<int> free = new();
    private readonly List<BlockCopy> copies = []; // of the last reservation, kept so that a step allocates nothing

    public BlockTables(int rows, int blocks, int blockTokens)
    {
        this.blockTokens = blockTokens;
        tables = [.. Enumerable.Range(0, rows).Select(_ => new List<int>())];
        references = new int[blocks];
        for (var block = blocks - 1; block >= 0; block--)
            free.Push(block);
    }

    public int Free => free.Count;

    public IReadOnlyList<int> this[int row] => tables[row];

    public int Block(int row, int index) => tables[row][index];

    /// <summary>How many rows refer to the block.</summary>
    public int References(int block) => references[block];

    /// <summary>
    /// Blocks for the new tokens of all rows, or of none. A row that writes into a block which others see too gets a copy of it first:
    /// these are returned, and hold until the next call.
    /// </summary>
    /// <exception cref="CourseException">There are not enough blocks; then no table has changed.</exception>
    public IReadOnlyList<BlockCopy> Reserve(CachedLengths lengths, PackedRows newTokens)
    {
        Trim(lengths);
        var needed = Missing(lengths, newTokens) + Copies(lengths, newTokens);
        if (needed > free.Count)
            throw new CourseException(
                $"The paged cache has {free.Count} of {references.Length} blocks of {blockTokens} tokens left and this call needs {needed}. " +
                "Remove or rewind rows, feed fewer tokens, or make a cache of more blocks.");
        copies.Clear();
        for (var row = 0; row < tables.Count; row++)
        {
            if (WritesShared(row, lengths, newTokens))
                copies.Add(MakeOwn(row, tables[row].Count - 1, lengths[row] % blockTokens));
            while (tables[row].Count < BlocksOf(lengths[row] + newTokens.LengthOf(row)))
                tables[row].Add(Take());
        }
        return copies;
    }

    /// <summary>Makes the blocks of a row's places from <paramref name="from"/> up to <paramref name="to"/> its own. What others see too is to be copied whole.</summary>
    /// <exception cref="CourseException">There are not enough blocks; then the table has not changed.</exception>
    public IReadOnlyList<BlockCopy> Own(int row, int from, int to)
    {
        var shared = Enumerable.Range(from / blockTokens, BlocksOf(to) - (from / blockTokens)).Where(index => references[tables[row][index]] > 1).ToArray();
        if (shared.Length > free.Count)
            throw new CourseException(
                $"Row {row} of the paged cache shares {shared.Length} blocks that it must now write, and {free.Count} are left for copies. Remove rows, or make a cache of more blocks.");
        return [.. shared.Select(index => MakeOwn(row, index, blockTokens))];
    }

    /// <summary>Gives back what lies behind the tokens that the rows hold.</summary>
    public void Trim(CachedLengths lengths)
    {
        for (var row = 0; row < tables.Count; row++)
            Shrink(tables[row], BlocksOf(lengths[row]));
    }

    /// <summary>A new last row without blocks.</summary>
    public void Add() => tables.Add([]);

    /// <summary>More blocks in the pool.</summary>
    public void Grow(int blocks)
    {
        var before = references.Length;
        Array.Resize(ref references, blocks);
        for (var block = blocks - 1; block >= before; block--)
            free.Push(block);
    }

    /// <summary>A new last row that shares the blocks of the first <paramref name="tokens"/> tokens of another.</summary>
    public void Fork(int row, int tokens)
    {
        var shared = tables[row].GetRange(0, BlocksOf(tokens));
        foreach (var block in shared)
            references[block]++;
        tables.Add(shared);
    }

    public void Remove(int row)
    {
        Shrink(tables[row], 0);
        tables.RemoveAt(row);
    }

    private int BlocksOf(int tokens) => (int)(((long)tokens + blockTokens - 1) / blockTokens);

    private long Missing(CachedLengths lengths, PackedRows newTokens)
    {
        long missing = 0;
        for (var row = 0; row < tables.Count; row++)
            missing += BlocksOf(lengths[row] + newTokens.LengthOf(row)) - tables[row].Count;
        return missing;
    }

    /// <summary>Of k rows that write into a block which c refer to, each needs a copy, except that the last to refer to it may keep it.</summary>
    private int Copies(CachedLengths lengths, PackedRows newTokens)
    {
        Dictionary<int, int>? writers = null;
        for (var row = 0; row < tables.Count; row++)
            if (WritesShared(row, lengths, newTokens))
            {
                writers ??= [];
                writers[tables[row][^1]] = writers.GetValueOrDefault(tables[row][^1]) + 1;
            }
        return writers?.Sum(pair => Math.Min(pair.Value, references[pair.Key] - 1)) ?? 0;
    }

    private bool WritesShared(int row, CachedLengths lengths, PackedRows newTokens) =>
        newTokens.LengthOf(row) > 0 && lengths[row] % blockTokens != 0 && references[tables[row][^1]] > 1;

    private BlockCopy MakeOwn(int row, int index, int tokens)
    {
        var shared = tables[row][index];
        references[shared]--;
        return new(shared, tables[row][index] = Take(), tokens);
    }

    private int Take()
    {
        var block = free.Pop();
        references[block] = 1;
        return block;
    }

    private void Shrink(List<int> table, int count)
    {
        for (var i = table.Count - 1; i >= count; i--)
            if (--references[table[i]] == 0)
                free.Push(table[i]);
        table.RemoveRange(count, table.Count - count);
    }
}
