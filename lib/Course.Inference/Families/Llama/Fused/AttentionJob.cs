using Course.Inference.Kernels;
using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>New tokens of one row that lie behind one another in a block of tokens.</summary>
/// <param name="Row">Of the cache.</param>
/// <param name="First">Its first token in the block.</param>
/// <param name="Count">How many.</param>
/// <param name="Place">The first one's place in its row of the cache.</param>
/// <param name="Tree">How they branch; null where each follows the one before it.</param>
/// <param name="Node">The first one's number in the tree; negative where the first tokens are of the text before the tree.</param>
internal readonly record struct RowTokens(int Row, int First, int Count, int Place, TokenTree? Tree = null, int Node = 0)
{
    /// <summary>How many tokens are the text that all nodes of the tree follow.</summary>
    public int Trunk => Place - Node;

    /// <summary>How many tokens of its own text come before a token: it sees these and itself.</summary>
    public int PositionOf(int t) => IsNode(t) ? Trunk + Tree!.DepthOf(Node + t) : Place + t;

    /// <summary>Whether a token is a node of the tree.</summary>
    public bool IsNode(int t) => Tree is not null && Node + t >= 0;
}

/// <summary>
/// One layer's attention for a block of tokens: turns queries and keys, puts keys and values into the cache, and mixes. A chunk is one
/// row's tokens and one head of keys and values, with the group of query heads that shares it. Equals <c>softmax(q·Kᵀ / √d)·V</c> over what
/// a token may see: scores first, all of them, then their softmax, then the values in order; so its bits do not depend on how tokens fall
/// into blocks and calls. The scores of a tree's node are moved together before their softmax, so that its bits are those of its path fed
/// as a chain. A NaN in a token makes that token's and all later ones' answers NaN.
/// </summary>
internal sealed unsafe class AttentionJob : KernelJob, IDisposable
{
    // Queries that are scored together: as many as a tile of the product takes.
    private const int MostQueries = 6;

    private readonly LlamaConfiguration c;
    private readonly RotaryTurns turns;
    private readonly TokenInputs mixed;          // [M, H · d]
    private readonly AlignedBuffer<float> qkv;   // [M, (H + 2 Hkv) · d]
    private readonly AlignedBuffer<float> queries; // [threads, MostQueries, d]
    private readonly AlignedBuffer<float> copies;  // [threads, LongestCopy, d]
    private readonly RowTokens[] rows;
    private AlignedBuffer<float> scores;         // [threads, MostQueries, places]
    private int rowCount, places, layer;
    private CachedVectors cached = null!;

    public AttentionJob(LlamaConfiguration c, KernelThreads threads, TokenInputs mixed, int mostTokens)
    {
        (this.c, this.mixed, Threads) = (c, mixed, threads);
        turns = new(c.HeadWidth, c.RopeBase, c.RopeFactor, mostTokens);
        QkvWidth = (c.QueryHeads + (2 * c.KeyValueHeads)) * c.HeadWidth;
        qkv = new((long)mostTokens * QkvWidth);
        queries = new((long)threads.Count * MostQueries * c.HeadWidth);
        copies = new((long)threads.Count * CachedVectors.LongestCopy * c.HeadWidth);
        rows = new RowTokens[mostTokens];
        scores = new(0);
    }

    /// <summary>[M, <see cref="QkvWidth"/>]: where the projections' results belong.</summary>
    public float* Qkv => qkv.Pointer;

    /// <summary>(H + 2 Hkv) · d</summary>
    public int QkvWidth { get; }

    private KernelThreads Threads { get; }

    private int Group => c.QueryHeads / c.KeyValueHeads;

    /// <summary>Begins a block of tokens.</summary>
    public void Begin(CachedVectors cache) => (cached, rowCount) = (cache, 0);

    /// <summary>Adds one row's tokens to the block.</summary>
    public void Add(RowTokens row)
    {
        rows[rowCount++] = row;
        for (var t = 0; t < row.Count; t++)
            turns.Place(row.First + t, row.PositionOf(t));
        if (row.Place + row.Count > places)
            Grow(row.Place + row.Count);
    }

    /// <summary>One layer of the block.</summary>
    public void Run(int ofLayer)
    {
        layer = ofLayer;
        Threads.Run(this, rowCount * c.KeyValueHeads);
    }

    public override void Run(int chunk, int thread)
    {
        var (row, head) = (rows[chunk / c.KeyValueHeads], chunk % c.KeyValueHeads);
        for (var t = 0; t < row.Count; t++)
            Remember(row, t, head, thread);
        var count = row.Count * Group;
        for (var first = 0; first < count; first += MostQueries)
            Attend(row, head, first, Math.Min(MostQueries, count - first), thread);
    }

    public void Dispose()
    {
        turns.Dispose();
        qkv.Dispose();
        queries.Dispose();
        copies.Dispose();
        scores.Dispose();
    }

    private void Remember(RowTokens row, int t, int head, int thread)
    {
        var turned = CopyOf(thread);
        var key = Qkv + ((long)(row.First + t) * QkvWidth) + ((c.QueryHeads + head) * c.HeadWidth);
        turns.Turn(row.First + t, key, turned);
        cached.Write(layer, row.Row, head, row.Place + t, turned, key + (c.KeyValueHeads * c.HeadWidth));
    }

    private float* CopyOf(int thread) => copies.Pointer + ((long)thread * CachedVectors.LongestCopy * c.HeadWidth);

    /// <summary>Queries first … first + count − 1 of this row's tokens and this head's group, token by token.</summary>
    private void Attend(RowTokens row, int head, int first, int count, int thread)
    {
        var d = c.HeadWidth;
        var q = queries.Pointer + ((long)thread * MostQueries * d);
        var s = scores.Pointer + ((long)thread * MostQueries * places);
        for (var i = 0; i < count; i++)
        {
            turns.Turn(
                TokenOf(row, first + i), Qkv + ((long)TokenOf(row, first + i) * QkvWidth) + (HeadOf(head, first + i) * d), q + (i * d));
            RowMath.Scale(q + (i * d), (float)(1 / Math.Sqrt(d)), d, q + (i * d));
        }

        Score(row, head, row.Place + ((first + count - 1) / Group) + 1, q, count, s, thread);
        for (var i = 0; i < count; i++)
        {
            var t = (first + i) / Group;
            if (row.IsNode(t))
                MoveTogether(s + ((long)i * places) + row.Trunk, row.Tree!.PathTo(row.Node + t));
            RowMath.Softmax(s + ((long)i * places), row.PositionOf(t) + 1);
            Mix(
                row, head, t, s + ((long)i * places),
                mixed.Floats + ((long)TokenOf(row, first + i) * mixed.Stride) + (HeadOf(head, first + i) * d), thread);
        }
    }

    /// <summary>A path ascends, so no score is overwritten before it has moved.</summary>
    private static void MoveTogether(float* s, ReadOnlySpan<int> path)
    {
        for (var depth = 0; depth < path.Length; depth++)
            s[depth] = s[path[depth]];
    }

    private int TokenOf(RowTokens row, int query) => row.First + (query / Group);

    private int HeadOf(int head, int query) => (head * Group) + (query % Group);

    private void Score(RowTokens row, int head, int seen, float* q, int count, float* s, int thread)
    {
        for (var at = 0; at < seen;)
        {
            var keys = cached.Keys(layer, row.Row, head, at, seen, CopyOf(thread));
            FloatRows.Multiply(keys.Pointer, keys.Count, c.HeadWidth, q, c.HeadWidth, count, s + at, places);
            at += keys.Count;
        }
    }

    private void Mix(RowTokens row, int head, int t, float* s, float* y, int thread)
    {
        new Span<float>(y, c.HeadWidth).Clear();
        if (!row.IsNode(t))
        {
            AddMix(row.Row, head, 0, row.Place + t + 1, s, y, thread);
            return;
        }
        AddMix(row.Row, head, 0, row.Trunk, s, y, thread);
        var path = row.Tree!.PathTo(row.Node + t);
        for (var depth = 0; depth < path.Length; depth++)
            AddMix(row.Row, head, row.Trunk + path[depth], 1, s + row.Trunk + depth, y, thread);
    }

    /// <summary>Adds the values of <paramref name="count"/> places from <paramref name="place"/> on, in order.</summary>
    private void AddMix(int row, int head, int place, int count, float* s, float* y, int thread)
    {
        for (var done = 0; done < count;)
        {
            var values = cached.Values(layer, row, head, place + done, place + count, CopyOf(thread));
            RowMath.AddMix(s + done, values.Pointer, values.Count, c.HeadWidth, y);
            done += values.Count;
        }
    }

    /// <summary>Doubles, so that a growing text seldom asks.</summary>
    private void Grow(int needed)
    {
        places = (int)Math.Min(c.ContextLength + 15L, Math.Max(2L * places, needed + 255L)) / 16 * 16;
        scores.Dispose();
        scores = new((long)Threads.Count * MostQueries * places);
    }
}
