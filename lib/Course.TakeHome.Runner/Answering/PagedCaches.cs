using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner.Answering;

/// <summary>
/// Exercise "rewind" over the wire. The pool belongs to the judge, and the answer works on a copy. Changes of the copy are sent with each
/// reply, and the judge repeats them on its own pool before it looks at the result.
/// </summary>
internal sealed class PagedCaches
{
    private readonly Dictionary<int, BlockPool> pools = [];
    private readonly List<IPagedCache> caches = [];
    private readonly MessageWriter done = new();
    private int steps;

    public MessageWriter New(ICacheRewind answer, MessageReader question)
    {
        var cache = answer.CreateCache(Pool(question.Int(), question.Int(), question.Int())) ?? throw AnswerHost.Null("CreateCache");
        caches.Add(cache);
        return Told().Int(caches.Count - 1);
    }

    public MessageWriter Answer(Verb verb, MessageReader question)
    {
        var cache = caches[question.Int()];
        switch (verb)
        {
            case Verb.CacheLength:
                var length = cache.Length;
                return Told().Int(length);
            case Verb.Read:
                return Read(cache, question.Int(), question.Int());
            case Verb.Append:
                cache.Append(question.Double());
                return Told();
            default:
                cache.Rewind(question.Int());
                return Told();
        }
    }

    /// <summary>
    /// Reads entries from a position on, up to the first one that is refused: checks read all of them, and a
    /// message for each would be slow.
    /// </summary>
    private MessageWriter Read(IPagedCache cache, int position, int most)
    {
        List<double> entries = [cache.Read(position)];
        try
        {
            while (entries.Count < most)
                entries.Add(cache.Read(position + entries.Count));
        }
        catch (Exception)
        {
            // The judge gets this exception when it asks for the position itself.
        }
        return Told().Doubles(entries);
    }

    private BlockPool Pool(int name, int blocks, int size)
    {
        if (!pools.TryGetValue(name, out var pool))
            pools.Add(name, pool = new(blocks, size) { Done = (what, block, slot, value) => Note(name, what, block, slot, value) });
        return pool;
    }

    private void Note(int pool, PoolStep what, int block, int slot, double value)
    {
        done.Int(pool).Byte((byte)what).Int(block).Int(slot).Double(value);
        steps++;
    }

    private MessageWriter Told()
    {
        var answer = new MessageWriter().Int(steps).Raw(done.Bytes);
        done.Clear();
        steps = 0;
        return answer;
    }
}
