using Course.Inference.Caching;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Models;

/// <summary>A Llama-style decoder on TorchSharp: the readable implementation, and the oracle of every faster one.</summary>
/// <remarks>
/// A token's logits depend on how many tokens share the call, by rounding: libtorch picks kernels, and so the order of sums, by the number
/// of rows. Measured on a CPU with M = 2 to 16 tokens a call, against one at a time: in Float32 most logits differ in some bit, by 1.3e-5 at most
/// where the largest are around 16, and the best token never changes in 670 positions; in BFloat16 they differ by up to 0.06, and it changed once.
/// Greedy speculation on this model therefore equals greedy decoding except where two tokens are that close.
/// </remarks>
public sealed class LlamaModel : ILanguageModel, IDisposable
{
    private readonly Device device;
    private readonly IReadOnlyDictionary<string, Tensor> tensors;
    private readonly IReadOnlyDictionary<string, IQuantizedMatrix> matrices = new Dictionary<string, IQuantizedMatrix>();
    private readonly LlamaNetwork network;

    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">
    /// Every tensor of <see cref="LlamaLayout"/>, by name, all of one type, on <paramref name="device"/>; the model owns them from now on.
    /// </param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="CheckpointException">A tensor is missing, too many, or of another shape; then they are still the caller's.</exception>
    public LlamaModel(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, Device device)
    {
        LlamaLayout.RequireFit(configuration.Validated(), "The model's tensors", tensors.Keys, name => tensors[name].shape);
        (Configuration, this.device, this.tensors) = (configuration, device, tensors);
        foreach (var tensor in tensors.Values)
            tensor.DetachFromDisposeScope();
        network = new(configuration, LlamaWeights.From(configuration, name => this.tensors[name], weight => new DenseProjection(weight)), device);
    }

    /// <summary>A model of quantised matrices, each unpacked whenever it is multiplied with: <see cref="UnpackingProjection"/>.</summary>
    /// <param name="configuration">The shape.</param>
    /// <param name="weights">On <paramref name="device"/>; the model owns them from now on.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="CourseException">A weight is missing; then they are still the caller's.</exception>
    public LlamaModel(LlamaConfiguration configuration, QuantizedWeights weights, Device device)
    {
        weights.RequireFit(configuration.Validated());
        (Configuration, this.device, tensors, matrices) = (configuration, device, weights.Tensors, weights.Matrices);
        network = new(configuration, LlamaWeights.From(configuration, name => tensors[name], (string name) => new UnpackingProjection(matrices[name])), device);
    }

    public LlamaConfiguration Configuration { get; }

    public int VocabularySize => Configuration.VocabularySize;

    public int ContextLength => Configuration.ContextLength;

    /// <summary>The type that weights and activations have, and logits had before they were widened.</summary>
    public ScalarType Type => tensors[LlamaLayout.Embedding].dtype;

    public IKeyValueCache CreateCache(int rows = 1) => new ContiguousCache(Configuration, rows, device, Type) { Owner = this };

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null)
    {
        tokens.RequireWithin(VocabularySize);
        var own = RequireOwn(cache, tokens);
        using var guard = inference_mode();
        using var scope = NewDisposeScope();
        long[] ids = [.. tokens.Tokens.ToArray().Select(id => (long)id)];
        var logits = network.Forward(tensor(ids, [tokens.Rows, tokens.Length], device: device), own); // [B, T, V]
        return new(tokens.Rows, tokens.Length, VocabularySize, logits.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
    }

    public ForwardCost Cost(int rows, int newTokens, int cached) => LlamaCost.Of(Configuration, Type.ElementSize(), rows, newTokens, cached);

    private ContiguousCache? RequireOwn(IKeyValueCache? cache, TokenBatch tokens)
    {
        var length = (cache?.Length ?? 0) + tokens.Length;
        if (length > ContextLength)
            throw new CourseException(
                $"{cache?.Length ?? 0} cached and {tokens.Length} new tokens exceed this model's context of {ContextLength}. Shorten the prompt or ask for fewer tokens.");
        if (cache is not null && (cache as ContiguousCache)?.Owner != this)
            throw new CourseException($"This model continues only from caches that it made; this {cache.GetType().Name} is not one. Call CreateCache on this model.");
        if (cache is not null && cache.Rows != tokens.Rows)
            throw new CourseException($"The cache holds {cache.Rows} rows and the call brings {tokens.Rows}. Call CreateCache({tokens.Rows}).");
        return (ContiguousCache?)cache;
    }

    public void Dispose()
    {
        network.Dispose();
        foreach (var matrix in matrices.Values)
            matrix.Dispose();
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }
}
