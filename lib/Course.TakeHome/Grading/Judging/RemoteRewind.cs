using System.Runtime.CompilerServices;
using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Judging;

/// <summary>
/// An answer to "rewind" in the candidate's process. The pools are here: reported changes are repeated on them, or refused.
/// </summary>
internal sealed class RemoteRewind(JudgeSide judge, int handle) : ICacheRewind
{
    // A pool has one copy in the candidate's process, whichever answer uses it.
    private static readonly ConditionalWeakTable<BlockPool, object> Names = [];
    private static int names;

    private static readonly ConditionalWeakTable<JudgeSide, Dictionary<int, BlockPool>> Pools = [];

    public IPagedCache CreateCache(BlockPool pool)
    {
        var name = (int)Names.GetValue(pool, _ => Interlocked.Increment(ref names));
        Pools.GetOrCreateValue(judge)[name] = pool;
        var answer = judge.Ask(Verb.NewCache, question => question.Int(handle).Int(name).Int(pool.Blocks).Int(pool.BlockSize));
        Replay(judge, answer);
        var cache = answer.Int();
        answer.End();
        return new RemoteCache(judge, cache);
    }

    public RewindPlan AfterRound(int guesses, int accepted)
    {
        var answer = judge.Ask(Verb.AfterRound, question => question.Int(handle).Int(guesses).Int(accepted));
        var plan = new RewindPlan(answer.Int(), answer.Int(), answer.Int());
        answer.End();
        return plan;
    }

    /// <summary>Repeats on the pools here what was done to their copies.</summary>
    internal static void Replay(JudgeSide judge, MessageReader told)
    {
        for (var steps = told.Int(); steps > 0; steps--)
        {
            if (!Pools.GetOrCreateValue(judge).TryGetValue(told.Int(), out var pool))
                throw new WireException("A change of an unknown pool was reported.");
            Step(pool, (PoolStep)told.Byte(), told.Int(), told.Int(), told.Double());
        }
    }

    private static void Step(BlockPool pool, PoolStep what, int block, int slot, double value)
    {
        if (what == PoolStep.Take && pool.Take() == block)
            return;
        if (what == PoolStep.Return)
            pool.Return(block);
        else if (what == PoolStep.Write)
            pool[block, slot] = value;
        else
            throw new WireException("An impossible change of a pool was reported.");
    }
}

/// <summary>A paged cache in the candidate's process.</summary>
internal sealed class RemoteCache(JudgeSide judge, int handle) : IPagedCache
{
    private const int ReadAhead = 512;

    // Entries from a position on, and the number of questions when they were read.
    private (int From, double[] Entries, int Asked) read = (0, [], -1);

    public int Length => Said(judge.Ask(Verb.CacheLength, question => question.Int(handle)), answer => answer.Int());

    public void Append(double entry) => Said(judge.Ask(Verb.Append, question => question.Int(handle).Double(entry)), _ => 0);

    public double Read(int position)
    {
        if (read.Asked != judge.Asked || position < read.From || position >= read.From + read.Entries.Length)
            read = (position, ReadOn(position), judge.Asked);
        return read.Entries[position - read.From];
    }

    public void Rewind(int count) => Said(judge.Ask(Verb.Rewind, question => question.Int(handle).Int(count)), _ => 0);

    private double[] ReadOn(int position)
    {
        var entries = Said(judge.Ask(Verb.Read, question => question.Int(handle).Int(position).Int(ReadAhead)),
            answer => answer.Doubles(ReadAhead));
        return entries.Length > 0 ? entries : throw new WireException("A reply to Read holds no entry.");
    }

    private T Said<T>(MessageReader answer, Func<MessageReader, T> value)
    {
        RemoteRewind.Replay(judge, answer);
        var said = value(answer);
        answer.End();
        return said;
    }
}
