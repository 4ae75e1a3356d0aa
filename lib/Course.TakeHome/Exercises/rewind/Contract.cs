namespace Course.TakeHome.Contracts;

/// <summary>
/// Memory in blocks of equal size, shared by many caches. What a block held before stays in it until somebody writes over it.
/// </summary>
public sealed class BlockPool(int blocks, int blockSize)
{
    private readonly double[] entries = new double[blocks * blockSize];
    private readonly SortedSet<int> free = [.. Enumerable.Range(0, blocks)];

    /// <summary>Told of what was done, for a copy elsewhere: step, block, slot, entry.</summary>
    internal Action<PoolStep, int, int, double>? Done { get; init; }

    internal int Blocks => blocks;

    /// <summary>Entries that a block holds.</summary>
    public int BlockSize => blockSize;

    /// <summary>Blocks that nobody holds.</summary>
    public int Free => free.Count;

    /// <summary>Hands out a block.</summary>
    /// <exception cref="CourseException">None is left.</exception>
    public int Take()
    {
        if (free.Count == 0)
            throw new CourseException($"All {blocks} blocks are taken. Give back what is no longer needed.");
        var block = free.Min;
        free.Remove(block);
        Done?.Invoke(PoolStep.Take, block, 0, 0);
        return block;
    }

    /// <summary>Takes a block back.</summary>
    /// <exception cref="CourseException">Nobody holds it.</exception>
    public void Return(int block)
    {
        if (block < 0 || block >= blocks || !free.Add(block))
            throw new CourseException($"Block {block} was given back, and nobody holds it.");
        Done?.Invoke(PoolStep.Return, block, 0, 0);
    }

    /// <summary>An entry of a block that is held: a real cache has keys and values here; one number will do.</summary>
    public double this[int block, int slot]
    {
        get => entries[Place(block, slot)];
        set
        {
            entries[Place(block, slot)] = value;
            Done?.Invoke(PoolStep.Write, block, slot, value);
        }
    }

    /// <summary>What is in the blocks that are held.</summary>
    internal IEnumerable<double> Held() =>
        Enumerable.Range(0, blocks).Where(block => !free.Contains(block))
            .SelectMany(block => entries[(block * blockSize)..((block + 1) * blockSize)]);

    private int Place(int block, int slot) => block >= 0 && block < blocks && slot >= 0 && slot < blockSize && !free.Contains(block)
        ? (block * blockSize) + slot
        : throw new CourseException(
            $"Slot {slot} of block {block} was touched; slots go from 0 to {blockSize - 1}, and blocks must be held.");
}

/// <summary>What changes a pool.</summary>
internal enum PoolStep : byte
{
    Take,
    Return,
    Write,
}

/// <summary>A cache of one sequence, in blocks of a pool.</summary>
public interface IPagedCache
{
    /// <summary>Entries that it holds.</summary>
    int Length { get; }

    /// <summary>Adds an entry behind the others; takes a block when the last is full, and not before.</summary>
    void Append(double entry);

    /// <summary>The entry at a position from 0 to <see cref="Length"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing is there.</exception>
    double Read(int position);

    /// <summary>Forgets the last entries; gives back every block that holds nothing any more.</summary>
    /// <param name="count">From 0 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many; then nothing is forgotten.</exception>
    void Rewind(int count);
}

/// <summary>What has to be put right in two caches after a round of speculation.</summary>
/// <param name="Target">Entries that the target's cache must forget.</param>
/// <param name="Draft">Entries that the draft's cache must forget.</param>
/// <param name="DraftOwes">Tokens of the text before its last that the draft's cache lacks afterwards, and must be fed
/// in the next round.</param>
public readonly record struct RewindPlan(int Target, int Draft, int DraftOwes);

/// <summary>Exercise "rewind": forgetting what was guessed wrong.</summary>
public interface ICacheRewind
{
    /// <summary>An empty cache on a pool that others use as well.</summary>
    IPagedCache CreateCache(BlockPool pool);

    /// <summary>
    /// Before a round both caches hold all of the text but its last token. The draft is fed that token and then its own guesses, all but
    /// the last one; the target is fed that token and every guess. The first guesses are accepted, and behind them the target adds a token
    /// of its own. Afterwards both caches must again hold all of the text but its last token, or as much of it as they have seen.
    /// </summary>
    /// <param name="guesses">γ of this round; 0 where there was no room for any, and the draft was not called.</param>
    /// <param name="accepted">How many of them stand.</param>
    RewindPlan AfterRound(int guesses, int accepted);
}
