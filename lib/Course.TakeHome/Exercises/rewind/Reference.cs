using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class CacheRewind : ICacheRewind
{
    public IPagedCache CreateCache(BlockPool pool) => new PagedCache(pool);

    public RewindPlan AfterRound(int guesses, int accepted)
    {
        // On a text of n tokens the target was fed n + γ, the draft n + γ − 1; n + accepted must stay.
        int target = guesses - accepted;
        int draft = Math.Max(0, guesses - 1 - accepted);
        int owes = accepted == guesses ? 1 : 0;
        return new(target, draft, owes);
    }
}

internal sealed class PagedCache(BlockPool pool) : IPagedCache
{
    private readonly List<int> blocks = [];

    public int Length { get; private set; }

    public void Append(double entry)
    {
        if (Length == blocks.Count * pool.BlockSize)
            blocks.Add(pool.Take());
        pool[blocks[Length / pool.BlockSize], Length % pool.BlockSize] = entry;
        Length++;
    }

    public double Read(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Length);
        return pool[blocks[position / pool.BlockSize], position % pool.BlockSize];
    }

    public void Rewind(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        Length -= count;
        while (blocks.Count * pool.BlockSize >= Length + pool.BlockSize)
        {
            pool.Return(blocks[^1]);
            blocks.RemoveAt(blocks.Count - 1);
        }
    }
}
