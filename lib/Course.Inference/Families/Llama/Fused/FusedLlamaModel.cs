using System.Runtime.CompilerServices;
using Course.Inference.Caching;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Kernels;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>
/// A Llama-style decoder on fused CPU kernels. Float32, int8 or int4 weights are read once for up to 16 tokens, of any sequences. A token's
/// logits have the same bits, no matter how many tokens share its call and how the work is divided into sequences, chunks and threads;
/// therefore greedy speculation on this model yields exactly the text of greedy decoding. <see cref="LlamaModel"/> on the same weights is
/// the readable implementation.
/// </summary>
public sealed unsafe class FusedLlamaModel : ILlamaModel
{
    private readonly FusedLlamaModelWeights weights;
    private readonly FusedLlamaModelTile tile;
    private readonly LlamaCost cost;
    private readonly Lock gate = new();
    private readonly int[] answered = new int[FusedLlamaModelTile.MostTokens];
    private readonly ConditionalWeakTable<IModelCache, CachedVectors> vectors = [];
    private readonly Dictionary<(int Rows, int Length), PackedRows> layouts = [];

    /// <summary>A model with Float32 weights; half precisions are widened once.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name, in host memory; the model takes ownership.</param>
    /// <exception cref="FileException">
    /// A tensor is missing, unknown, or has another shape. The tensors then still belong to the caller.
    /// </exception>
    public FusedLlamaModel(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors)
        : this(configuration, tensors, KernelThreads.Shared)
    {
    }

    /// <summary>A model with quantised matrices.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="weights">Weights in host memory; the model takes ownership.</param>
    /// <exception cref="CourseException">
    /// A weight is missing, or there is no kernel for it. The weights then still belong to the caller.
    /// </exception>
    public FusedLlamaModel(LlamaConfiguration configuration, QuantizedWeights weights) : this(configuration, weights, KernelThreads.Shared)
    {
    }

    internal FusedLlamaModel(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, KernelThreads threads)
    {
        LlamaLayout.RequireFit(configuration.Validated(), "The model's tensors", tensors.Keys, name => tensors[name].shape);
        Configuration = configuration;
        weights = new(configuration, tensors);
        tile = new(configuration, weights, threads);
        cost = new(configuration, LlamaPrecision.Of(configuration, sizeof(float)));
    }

    internal FusedLlamaModel(LlamaConfiguration configuration, QuantizedWeights quantised, KernelThreads threads)
    {
        quantised.RequireFit(configuration.Validated());
        Configuration = configuration;
        var bytes = quantised.Matrices.ToDictionary(pair => pair.Key, pair => pair.Value.Bytes);
        weights = new(configuration, quantised);
        tile = new(configuration, weights, threads);
        var plain = LlamaPrecision.Of(configuration, sizeof(float));
        cost = new(
            configuration,
            plain with { TensorBytes = slot => bytes.TryGetValue(slot.Name, out var size) ? size : plain.TensorBytes(slot) });
    }

    public LlamaConfiguration Configuration { get; }

    public ScalarType Type => ScalarType.Float32;

    public int VocabularySize => Configuration.VocabularySize;

    public int ContextLength => Configuration.ContextLength;

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) =>
        Caches.Create(this, Configuration.CacheShape, rows, options ?? CacheOptions.Default, CPU, ScalarType.Float32);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        ForwardGuard.Require(this, tokens, cache);
        var layout = Logits.LayoutOf(tokens, wanted);
        var values = GC.AllocateUninitializedArray<float>(checked(layout.Count * VocabularySize)); // every element is written
        using var own = cache is null ? CreateCache(tokens.Rows) : null;
        fixed (float* logits = values)
            lock (gate)
                Run(tokens.Tokens, tokens.Layout, tokens, (IModelCache)(cache ?? own!), layout, logits);
        return new(layout, VocabularySize, values);
    }

    /// <summary>
    /// <see cref="Forward"/> without allocating: appends T tokens to each of the cache's B sequences and writes their
    /// logits to the caller's memory.
    /// </summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="cache">A cache that this model created.</param>
    /// <param name="logits">[B, T, V]: receives the logits.</param>
    /// <inheritdoc cref="Forward" path="/exception"/>
    public void Step(ReadOnlySpan<int> tokens, IKeyValueCache cache, Span<float> logits)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (cache.Rows == 0 || tokens.Length == 0 || tokens.Length % cache.Rows != 0
            || logits.Length != tokens.Length * (long)VocabularySize)
            throw new CourseException(
                $"A step takes the same number of tokens, at least one, for each of the cache's {cache.Rows} sequences, and room for " +
                $"{VocabularySize} logits of each token; got {tokens.Length} tokens and room for {logits.Length} logits.");
        ForwardGuard.Require(this, tokens, cache);
        fixed (float* to = logits)
            lock (gate)
            {
                var layout = LayoutOf(cache.Rows, tokens.Length / cache.Rows);
                Run(tokens, layout, null, (IModelCache)cache, layout, to);
            }
    }

    public ForwardCost Cost(ForwardShape shape) => cost.Of(shape);

    public void Dispose()
    {
        tile.Dispose();
        weights.Dispose();
    }

    /// <summary>
    /// Runs the packed tokens tile by tile; a tile may span several sequences. The cache's lengths advance after the last tile.
    /// </summary>
    /// <param name="tokens">All new tokens, packed: Σ T_r.</param>
    /// <param name="layout">The number of tokens of each sequence.</param>
    /// <param name="batch">Says how sequences branch; null if none does.</param>
    /// <param name="cache">A cache of this model.</param>
    /// <param name="wanted">For how many last tokens of each sequence logits are computed.</param>
    /// <param name="logits">[tokens with logits, V]: receives the logits.</param>
    private void Run(ReadOnlySpan<int> tokens, PackedRows layout, TokenBatch? batch, IModelCache cache, PackedRows wanted, float* logits)
    {
        cache.Reserve(layout);
        var cached = VectorsOf(cache);
        for (int at = 0, row = 0, done = 0; at < tokens.Length;)
        {
            tile.Begin(cached);
            var answers = 0;
            for (var first = at; row < layout.Rows && tile.Room > 0;)
            {
                var length = layout.LengthOf(row);
                var take = Math.Min(tile.Room, length - done);
                var tree = batch?.TreeOf(row);
                if (take > 0) // else a sequence without new tokens
                    tile.Add(tokens.Slice(at, take), row, cache.LengthOf(row) + done, tree, tree?.NodeAt(done) ?? 0);
                for (var t = Math.Max(0, length - wanted.LengthOf(row) - done); t < take; t++)
                    answered[answers++] = at - first + t;
                (at, done) = (at + take, done + take);
                if (done == length)
                    (row, done) = (row + 1, 0);
            }

            tile.Run();
            if (answers > 0)
                tile.ComputeLogits(answered.AsSpan(0, answers), logits);
            logits += (long)answers * VocabularySize;
        }

        cache.Advance(layout);
    }

    private CachedVectors VectorsOf(IModelCache cache)
    {
        if (!vectors.TryGetValue(cache, out var found))
            vectors.Add(cache, found = CachedVectors.Of(cache, Configuration.HeadWidth));
        return found;
    }

    private PackedRows LayoutOf(int rows, int length)
    {
        if (!layouts.TryGetValue((rows, length), out var layout))
            layouts.Add((rows, length), layout = PackedRows.Uniform(rows, length));
        return layout;
    }
}
