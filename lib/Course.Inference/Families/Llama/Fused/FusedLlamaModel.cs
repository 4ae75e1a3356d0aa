using System.Runtime.CompilerServices;
using Course.Inference.Caching;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Kernels;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>
/// A Llama-style decoder on fused CPU kernels: Float32, int8 or int4 weights, read once for up to 16 tokens, whatever rows they belong to.
/// A token's logits are the same bits however many tokens share its call, in whatever rows and chunks, on however many threads:
/// greedy speculation on this model is greedy decoding. <see cref="LlamaModel"/> on the same weights is its readable twin.
/// </summary>
public sealed unsafe class FusedLlamaModel : ILlamaModel
{
    private readonly FusedLlamaModelWeights weights;
    private readonly FusedLlamaModelBlock block;
    private readonly LlamaCost cost;
    private readonly Lock gate = new();
    private readonly int[] answered = new int[FusedLlamaModelBlock.MostTokens];
    private readonly ConditionalWeakTable<IModelCache, CachedVectors> vectors = [];
    private readonly Dictionary<(int Rows, int Length), PackedRows> layouts = [];

    /// <summary>In Float32; half precisions are widened, once.</summary>
    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name, in host memory; the model owns them from now on.</param>
    /// <exception cref="FileException">A tensor is missing, too many, or of another shape; then they are still the caller's.</exception>
    public FusedLlamaModel(
        LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors) : this(configuration, tensors, KernelThreads.Shared)
    {
    }

    /// <summary>With quantised matrices.</summary>
    /// <param name="configuration">The shape.</param>
    /// <param name="weights">In host memory; the model owns them from now on.</param>
    /// <exception cref="CourseException">A weight is missing, or there is no kernel for it; then they are still the caller's.</exception>
    public FusedLlamaModel(LlamaConfiguration configuration, QuantizedWeights weights) : this(configuration, weights, KernelThreads.Shared)
    {
    }

    internal FusedLlamaModel(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, KernelThreads threads)
    {
        LlamaLayout.RequireFit(configuration.Validated(), "The model's tensors", tensors.Keys, name => tensors[name].shape);
        Configuration = configuration;
        weights = new(configuration, tensors);
        block = new(configuration, weights, threads);
        cost = new(configuration, LlamaPrecision.Of(configuration, sizeof(float)));
    }

    internal FusedLlamaModel(LlamaConfiguration configuration, QuantizedWeights quantised, KernelThreads threads)
    {
        quantised.RequireFit(configuration.Validated());
        Configuration = configuration;
        var bytes = quantised.Matrices.ToDictionary(pair => pair.Key, pair => pair.Value.Bytes);
        weights = new(configuration, quantised);
        block = new(configuration, weights, threads);
        var plain = LlamaPrecision.Of(configuration, sizeof(float));
        cost = new(
            configuration,
            plain with { TensorBytes = slot => bytes.TryGetValue(slot.Name, out var held) ? held : plain.TensorBytes(slot) });
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
        var values = GC.AllocateUninitializedArray<float>(checked(layout.Count * VocabularySize)); // every one is written
        using var own = cache is null ? CreateCache(tokens.Rows) : null;
        fixed (float* logits = values)
            lock (gate)
                Run(tokens.Tokens, tokens.Layout, tokens, (IModelCache)(cache ?? own!), layout, logits);
        return new(layout, VocabularySize, values);
    }

    /// <summary>
    /// <see cref="Forward"/> without allocating: T more tokens for each of the cache's B rows, their logits into the caller's memory.
    /// </summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="cache">One that this model made.</param>
    /// <param name="logits">[B, T, V]</param>
    /// <inheritdoc cref="Forward" path="/exception"/>
    public void Step(ReadOnlySpan<int> tokens, IKeyValueCache cache, Span<float> logits)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (cache.Rows == 0 || tokens.Length == 0 || tokens.Length % cache.Rows != 0
            || logits.Length != tokens.Length * (long)VocabularySize)
            throw new CourseException(
                $"A step brings as many tokens for each of the cache's {cache.Rows} rows, at least one, and " +
                $"room for {VocabularySize} logits of each; " +
                $"got {tokens.Length} tokens and room for {logits.Length} logits.");
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
        block.Dispose();
        weights.Dispose();
    }

    /// <summary>Block after block of the packed tokens, rows never mind; the cache moves when all are done.</summary>
    /// <param name="tokens">Σ T_r.</param>
    /// <param name="layout">Where the rows lie.</param>
    /// <param name="batch">Says how rows branch; null where none does.</param>
    /// <param name="cache">Of this model.</param>
    /// <param name="wanted">Of each row its last so many tokens are answered.</param>
    /// <param name="logits">[answers, V]</param>
    private void Run(ReadOnlySpan<int> tokens, PackedRows layout, TokenBatch? batch, IModelCache cache, PackedRows wanted, float* logits)
    {
        cache.Reserve(layout);
        var cached = VectorsOf(cache);
        for (int at = 0, row = 0, done = 0; at < tokens.Length;)
        {
            block.Begin(cached);
            var answers = 0;
            for (var first = at; row < layout.Rows && block.Room > 0;)
            {
                var length = layout.LengthOf(row);
                var take = Math.Min(block.Room, length - done);
                var tree = batch?.TreeOf(row);
                if (take > 0) // else a row that takes no part
                    block.Add(tokens.Slice(at, take), row, cache.LengthOf(row) + done, tree, tree?.NodeAt(done) ?? 0);
                for (var t = Math.Max(0, length - wanted.LengthOf(row) - done); t < take; t++)
                    answered[answers++] = at - first + t;
                (at, done) = (at + take, done + take);
                if (done == length)
                    (row, done) = (row + 1, 0);
            }

            block.Run();
            if (answers > 0)
                block.Answer(answered.AsSpan(0, answers), logits);
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
