using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class CacheRewind : ICacheRewind
{
    public IPagedCache CreateCache(BlockPool pool) =>
        throw new NotImplementedException("Exercise rewind: a cache in blocks that can forget.");

    public RewindPlan AfterRound(int guesses, int accepted) =>
        throw new NotImplementedException("Exercise rewind: what both caches must forget after a round.");
}
