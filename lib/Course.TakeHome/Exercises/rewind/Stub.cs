using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class CacheRewind : ICacheRewind
{
    public IPagedCache CreateCache(BlockPool pool) =>
        throw new NotImplementedException("Exercise rewind: a paged cache that can be rewound.");

    public RewindPlan AfterRound(int guesses, int accepted) =>
        throw new NotImplementedException("Exercise rewind: what must be removed from both caches after a round.");
}
