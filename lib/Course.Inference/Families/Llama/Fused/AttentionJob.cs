using Course.Inference.Kernels;
using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>Consecutive new tokens of one sequence in a tile of tokens.</summary>
/// <param name="Row">The sequence's row in the cache.</param>
/// <param name="First">The index of the first token in the tile.</param>
/// <param name="Count">Number of tokens.</param>
/// <param name="Slot">The first token's slot in the cache.</param>
/// <param name="Tree">How the tokens branch; null if each follows the one before it.</param>
/// <param name="Node">The first token's number in the tree; negative if the first tokens belong to the text before the tree.</param>
internal readonly record struct RowTokens(int Row, int First, int Count, int Slot, TokenTree? Tree = null, int Node = 0)
{
    /// <summary>The number of tokens in the text that all nodes of the tree follow.</summary>
    public int Trunk => Slot - Node;

    /// <summary>A token's position: the number of tokens before it on its own path. It attends to these and itself.</summary>
    public int PositionOf(int t) => IsNode(t) ? Trunk + Tree!.DepthOf(Node + t) : Slot + t;

    /// <summary>Whether a token is a node of the tree.</summary>
    public bool IsNode(int t) => Tree is not null && Node + t >= 0;
}

/// <summary>
/// One layer's attention for a tile of tokens: rotates queries and keys, writes keys and values to the cache, and attends. A chunk is one
/// sequence's tokens and one key/value head, with the group of query heads that shares it. Equals <c>softmax(q·Kᵀ / √d)·V</c> over the
/// tokens that a token may see. First all scores are computed, then their softmax, then the weighted sum of the values in order; so the
/// bits do not depend on how tokens are divided into tiles and calls. The scores of a tree's node are moved together before their softmax,
/// so that its bits equal those of its path fed as a chain. A NaN in a token makes the logits of that token and of all later ones NaN.
/// </summary>
internal sealed unsafe class AttentionJob : KernelJob, IDisposable
{
    // Queries that are scored together: as many as a tile of the product holds.
    private const int MostQueries = 6;

    private readonly LlamaConfiguration c;
    private readonly RotaryTable rotary;
    private readonly TokenInputs attended;       // [M, H · d]
    private readonly AlignedBuffer<float> qkv;   // [M, (H + 2 Hkv) · d]
    private readonly AlignedBuffer<float> queries; // [threads, MostQueries, d]
    private readonly AlignedBuffer<float> copies;  // [threads, LongestCopy, d]
    private readonly RowTokens[] rows;
    private AlignedBuffer<float> scores;         // [threads, MostQueries, slots]
    private int rowCount, slots, layer;
    private CachedVectors cached = null!;

    public AttentionJob(LlamaConfiguration c, KernelThreads threads, TokenInputs attended, int mostTokens)
    {
        (this.c, this.attended, Threads) = (c, attended, threads);
        rotary = new(c.HeadWidth, c.RopeBase, c.RopeFactor, mostTokens);
        QkvWidth = (c.QueryHeads + (2 * c.KeyValueHeads)) * c.HeadWidth;
        qkv = new((long)mostTokens * QkvWidth);
        queries = new((long)threads.Count * MostQueries * c.HeadWidth);
        copies = new((long)threads.Count * CachedVectors.LongestCopy * c.HeadWidth);
        rows = new RowTokens[mostTokens];
        scores = new(0);
    }

    /// <summary>[M, <see cref="QkvWidth"/>]: the queries, keys and values of the tile, which the projections write.</summary>
    public float* Qkv => qkv.Pointer;

    /// <summary>(H + 2 Hkv) · d</summary>
    public int QkvWidth { get; }

    private KernelThreads Threads { get; }

    private int Group => c.QueryHeads / c.KeyValueHeads;

    /// <summary>Begins a tile of tokens.</summary>
    public void Begin(CachedVectors cache) => (cached, rowCount) = (cache, 0);

    /// <summary>Adds one sequence's tokens to the tile.</summary>
    public void Add(RowTokens row)
    {
        rows[rowCount++] = row;
        for (var t = 0; t < row.Count; t++)
            rotary.SetPosition(row.First + t, row.PositionOf(t));
        if (row.Slot + row.Count > slots)
            Grow(row.Slot + row.Count);
    }

    /// <summary>Computes one layer's attention for the tile.</summary>
    public void Run(int ofLayer)
    {
        layer = ofLayer;
        Threads.Run(this, rowCount * c.KeyValueHeads);
    }

    public override void Run(int chunk, int thread)
    {
        var (row, head) = (rows[chunk / c.KeyValueHeads], chunk % c.KeyValueHeads);
        for (var t = 0; t < row.Count; t++)
            Append(row, t, head, thread);
        var count = row.Count * Group;
        for (var first = 0; first < count; first += MostQueries)
            Attend(row, head, first, Math.Min(MostQueries, count - first), thread);
    }

    public void Dispose()
    {
        rotary.Dispose();
        qkv.Dispose();
        queries.Dispose();
        copies.Dispose();
        scores.Dispose();
    }

    private void Append(RowTokens row, int t, int head, int thread)
    {
        var rotated = CopyOf(thread);
        var key = Qkv + ((long)(row.First + t) * QkvWidth) + ((c.QueryHeads + head) * c.HeadWidth);
        rotary.Rotate(row.First + t, key, rotated);
        cached.Write(layer, row.Row, head, row.Slot + t, rotated, key + (c.KeyValueHeads * c.HeadWidth));
    }

    private float* CopyOf(int thread) => copies.Pointer + ((long)thread * CachedVectors.LongestCopy * c.HeadWidth);

    /// <summary>
    /// Attention of the queries first … first + count − 1 of this sequence's tokens and this head's group, token by token.
    /// </summary>
    private void Attend(RowTokens row, int head, int first, int count, int thread)
    {
        var d = c.HeadWidth;
        var q = queries.Pointer + ((long)thread * MostQueries * d);
        var s = scores.Pointer + ((long)thread * MostQueries * slots);
        for (var i = 0; i < count; i++)
        {
            rotary.Rotate(
                TokenOf(row, first + i), Qkv + ((long)TokenOf(row, first + i) * QkvWidth) + (HeadOf(head, first + i) * d), q + (i * d));
            RowMath.Scale(q + (i * d), (float)(1 / Math.Sqrt(d)), d, q + (i * d));
        }

        Score(row, head, row.Slot + ((first + count - 1) / Group) + 1, q, count, s, thread);
        for (var i = 0; i < count; i++)
        {
            var t = (first + i) / Group;
            if (row.IsNode(t))
                MoveTogether(s + ((long)i * slots) + row.Trunk, row.Tree!.PathTo(row.Node + t));
            RowMath.Softmax(s + ((long)i * slots), row.PositionOf(t) + 1);
            WeighValues(
                row, head, t, s + ((long)i * slots),
                attended.Floats + ((long)TokenOf(row, first + i) * attended.Stride) + (HeadOf(head, first + i) * d), thread);
        }
    }

    /// <summary>Moves the scores of a path's nodes together. The nodes ascend, so no score is overwritten before it is moved.</summary>
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
            FloatRows.Multiply(keys.Pointer, keys.Count, c.HeadWidth, q, c.HeadWidth, count, s + at, slots);
            at += keys.Count;
        }
    }

    /// <summary>y = Σ s[j] · value j over all slots that token <paramref name="t"/> sees, in order.</summary>
    private void WeighValues(RowTokens row, int head, int t, float* s, float* y, int thread)
    {
        new Span<float>(y, c.HeadWidth).Clear();
        if (!row.IsNode(t))
        {
            AddValues(row.Row, head, 0, row.Slot + t + 1, s, y, thread);
            return;
        }
        AddValues(row.Row, head, 0, row.Trunk, s, y, thread);
        var path = row.Tree!.PathTo(row.Node + t);
        for (var depth = 0; depth < path.Length; depth++)
            AddValues(row.Row, head, row.Trunk + path[depth], 1, s + row.Trunk + depth, y, thread);
    }

    /// <summary>Adds the weighted values of <paramref name="count"/> slots from <paramref name="slot"/> on, in order.</summary>
    private void AddValues(int row, int head, int slot, int count, float* s, float* y, int thread)
    {
        for (var done = 0; done < count;)
        {
            var values = cached.Values(layer, row, head, slot + done, slot + count, CopyOf(thread));
            RowMath.AddWeighted(s + done, values.Pointer, values.Count, c.HeadWidth, y);
            done += values.Count;
        }
    }

    /// <summary>Makes room for the scores of more slots. The size doubles, so that a growing text seldom reallocates.</summary>
    private void Grow(int needed)
    {
        slots = (int)Math.Min(c.ContextLength + 15L, Math.Max(2L * slots, needed + 255L)) / 16 * 16;
        scores.Dispose();
        scores = new((long)Threads.Count * MostQueries * slots);
    }
}
