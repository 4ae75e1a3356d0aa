using Course.Inference.Caching;
using Course.Inference.Modeling;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>A Llama-style decoder on TorchSharp: the readable implementation, and the oracle of every faster one.</summary>
/// <remarks>
/// A token's logits depend, by rounding, on the number of tokens in the call: libtorch chooses kernels, and thereby the order of additions,
/// by the number of rows. Measured on a CPU with M = 2 to 16 tokens per call against one at a time: in Float32 most logits differ in some
/// bit, by at most 1.3e-5 while the largest are around 16, and the best token never changes in 670 positions; in BFloat16 they differ by up
/// to 0.06, and the best token changed once. Greedy speculation on this model therefore equals greedy decoding except where the logits of
/// two tokens are that close.
/// <para>
/// The same holds for the sequences of a batch. The content of the other sequences changes no bit of a sequence's logits; their number and
/// length change it by rounding. Measured on the bundled target with a ragged batch of 2 to 16 sequences, prompts and 11 steps, against
/// each sequence alone: in Float32 17 to 40 % of the logits differ in some bit, by at most 1.0e-5 while the largest are around 18, and the
/// best token changes in none of 1,496 positions; in BFloat16 they differ by up to 0.25, and the best token changed in 11 positions.
/// </para>
/// </remarks>
public sealed class LlamaModel : ILlamaModel
{
    private readonly Device device;
    private readonly IReadOnlyDictionary<string, Tensor> tensors;
    private readonly IReadOnlyDictionary<string, IQuantizedMatrix> matrices = new Dictionary<string, IQuantizedMatrix>();
    private readonly LlamaNetwork network;
    private readonly LlamaCost cost;

    /// <summary>A model with unquantised weights.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="tensors">
    /// Every tensor of <see cref="LlamaLayout"/>, by name, all of one type, on <paramref name="device"/>; the model takes ownership.
    /// </param>
    /// <param name="device">The device that computes.</param>
    /// <exception cref="FileException">
    /// A tensor is missing, unknown, or has another shape. The tensors then still belong to the caller.
    /// </exception>
    public LlamaModel(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, Device device)
    {
        LlamaLayout.RequireFit(configuration.Validated(), "The model's tensors", tensors.Keys, name => tensors[name].shape);
        (Configuration, this.device, this.tensors) = (configuration, device, tensors);
        foreach (var tensor in tensors.Values)
            tensor.DetachFromDisposeScope();
        network = new(
            configuration, LlamaWeights.From(configuration, name => this.tensors[name], weight => new DenseProjection(weight)), device);
        cost = new(configuration, Precision);
    }

    /// <summary>A model with quantised matrices, each unpacked at every multiplication: <see cref="UnpackingProjection"/>.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="weights">Weights on <paramref name="device"/>; the model takes ownership.</param>
    /// <param name="device">The device that computes.</param>
    /// <exception cref="CourseException">A weight is missing. The weights then still belong to the caller.</exception>
    public LlamaModel(LlamaConfiguration configuration, QuantizedWeights weights, Device device)
    {
        weights.RequireFit(configuration.Validated());
        (Configuration, this.device, tensors, matrices) = (configuration, device, weights.Tensors, weights.Matrices);
        network = new(
            configuration,
            LlamaWeights.From(configuration, name => tensors[name], (string name) => new UnpackingProjection(matrices[name])), device);
        cost = new(
            configuration,
            Precision with
            {
                TensorBytes = slot => matrices.TryGetValue(slot.Name, out var matrix) ? matrix.Bytes : Precision.TensorBytes(slot)
            });
    }

    public LlamaConfiguration Configuration { get; }

    public int VocabularySize => Configuration.VocabularySize;

    public int ContextLength => Configuration.ContextLength;

    /// <summary>The type of weights and activations, and of the logits before they are widened to Float32.</summary>
    public ScalarType Type => tensors[LlamaLayout.Embedding].dtype;

    private LlamaPrecision Precision => LlamaPrecision.Of(Configuration, (int)Type.ElementSize());

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) =>
        Caches.Create(this, Configuration.CacheShape, rows, options ?? CacheOptions.Default, device, Type);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default)
    {
        ForwardGuard.Require(this, tokens, cache);
        var answers = Logits.LayoutOf(tokens, wanted);
        using var guard = inference_mode();
        using var scope = NewDisposeScope();
        var logits = network.Forward(tokens, (ITensorCache?)cache, answers); // [answers, V]
        // data() throws on an empty tensor.
        float[] values = answers.Count == 0 ? [] : logits.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        return new(answers, VocabularySize, values);
    }

    public ForwardCost Cost(ForwardShape shape) => cost.Of(shape);

    public void Dispose()
    {
        network.Dispose();
        foreach (var matrix in matrices.Values)
            matrix.Dispose();
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }
}
