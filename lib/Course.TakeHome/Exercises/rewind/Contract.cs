namespace Course.TakeHome.Contracts;

/// <summary>
/// Memory in blocks of equal size (the pages of a paged cache), shared by many caches. A block keeps its old entries until they are
/// overwritten.
/// </summary>
/// <param name="blocks">The number of blocks.</param>
/// <param name="blockSize">Entries per block.</param>
public sealed class BlockPool(int blocks, int blockSize)
{
    private readonly double[] entries = new double[blocks * blockSize];
    private readonly SortedSet<int> free = [.. Enumerable.Range(0, blocks)];

    /// <summary>Called after each change, so that a copy in another process can follow: change, block, slot, entry.</summary>
    internal Action<PoolStep, int, int, double>? Done { get; init; }

    internal int Blocks => blocks;

    /// <summary>The number of entries in a block.</summary>
    public int BlockSize => blockSize;

    /// <summary>The number of free blocks.</summary>
    public int Free => free.Count;

    /// <summary>Takes a free block from the pool.</summary>
    /// <returns>The block's number.</returns>
    /// <exception cref="CourseException">No block is free.</exception>
    public int Take()
    {
        if (free.Count == 0)
            throw new CourseException($"All {blocks} blocks are taken. Return those that are no longer needed.");
        var block = free.Min;
        free.Remove(block);
        Done?.Invoke(PoolStep.Take, block, 0, 0);
        return block;
    }

    /// <summary>Returns a block to the pool.</summary>
    /// <exception cref="CourseException">The block is not taken.</exception>
    public void Return(int block)
    {
        if (block < 0 || block >= blocks || !free.Add(block))
            throw new CourseException($"Block {block} was returned, but it is not taken.");
        Done?.Invoke(PoolStep.Return, block, 0, 0);
    }

    /// <summary>An entry of a taken block. A real cache has keys and values here; one number is enough for the exercise.</summary>
    /// <exception cref="CourseException">The block is not taken, or it has no such slot.</exception>
    public double this[int block, int slot]
    {
        get => entries[Place(block, slot)];
        set
        {
            entries[Place(block, slot)] = value;
            Done?.Invoke(PoolStep.Write, block, slot, value);
        }
    }

    /// <summary>All entries of the taken blocks.</summary>
    internal IEnumerable<double> Held() =>
        Enumerable.Range(0, blocks).Where(block => !free.Contains(block))
            .SelectMany(block => entries[(block * blockSize)..((block + 1) * blockSize)]);

    private int Place(int block, int slot) => block >= 0 && block < blocks && slot >= 0 && slot < blockSize && !free.Contains(block)
        ? (block * blockSize) + slot
        : throw new CourseException(
            $"Slot {slot} of block {block} was used; slots go from 0 to {blockSize - 1}, and the block must be taken first.");
}

/// <summary>A change of a pool.</summary>
internal enum PoolStep : byte
{
    Take,
    Return,
    Write,
}

/// <summary>The cache of one sequence, stored in blocks of a pool.</summary>
public interface IPagedCache
{
    /// <summary>The number of entries.</summary>
    int Length { get; }

    /// <summary>Adds an entry at the end. Takes a block only when the last one is full.</summary>
    void Append(double entry);

    /// <summary>The entry at a position from 0 to <see cref="Length"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no entry at the position.</exception>
    double Read(int position);

    /// <summary>Removes the last entries, and returns every block that is empty then.</summary>
    /// <param name="count">The number of entries to remove, from 0 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer entries; then none is removed.</exception>
    void Rewind(int count);
}

/// <summary>How both caches are rewound after a round of speculation.</summary>
/// <param name="Target">Entries to remove from the target's cache.</param>
/// <param name="Draft">Entries to remove from the draft's cache.</param>
/// <param name="DraftOwes">Tokens before the last token of the text that the draft's cache lacks afterwards; the draft must be fed them in
/// the next round.</param>
public readonly record struct RewindPlan(int Target, int Draft, int DraftOwes);

/// <summary>Exercise "rewind": removes rejected draft tokens from a paged cache.</summary>
public interface ICacheRewind
{
    /// <summary>Creates an empty cache on a pool that other caches use as well.</summary>
    IPagedCache CreateCache(BlockPool pool);

    /// <summary>
    /// Before a round both caches hold all of the text but its last token. The draft is fed that token and then its own draft tokens, all
    /// but the last one; the target is fed that token and every draft token. The first draft tokens are accepted, and after them the target
    /// adds a token of its own. Afterwards both caches must again hold all of the text but its last token, or as much of it as they have
    /// been fed.
    /// </summary>
    /// <param name="guesses">The number of draft tokens in this round; with 0 the draft was not called.</param>
    /// <param name="accepted">How many of them were accepted.</param>
    RewindPlan AfterRound(int guesses, int accepted);
}
