using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>A Llama-style model with trainable tensors, which uses the library's own forward pass.</summary>
public sealed class TrainableLlama : IDisposable
{
    // A network extends its rotary tables for longer texts, so each worker has its own network. All share the weights.
    private readonly ThreadLocal<LlamaNetwork> network;
    private readonly ThreadLocal<LlamaNetwork> exact;

    /// <summary>Creates a model from tensors.</summary>
    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">The float32 weights by checkpoint name; the model takes ownership.</param>
    /// <param name="device">The device to compute on.</param>
    /// <param name="halfProducts">Whether matrix products during training use bfloat16.</param>
    public TrainableLlama(LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, Device device, bool halfProducts)
    {
        (Configuration, Device) = (configuration, device);
        Tensors = tensors.ToDictionary(
            pair => pair.Key, pair => pair.Value.to(device).detach().requires_grad_(true).DetachFromDisposeScope());
        ThreadLocal<LlamaNetwork> Network(Func<Tensor, IProjection> project) =>
            new(() => new(configuration, LlamaWeights.From(configuration, name => Tensors[name], project), device), trackAllValues: true);
        exact = Network(weight => new DenseProjection(weight));
        network = halfProducts ? Network(weight => new HalfProjection(weight)) : exact;
    }

    public LlamaConfiguration Configuration { get; }

    public Device Device { get; }

    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Creates a model from the weights of a checkpoint, widened to float32.</summary>
    public static TrainableLlama From(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Device device, bool halfProducts = false)
    {
        using var scope = NewDisposeScope();
        return new(c, tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32)), device, halfProducts);
    }

    /// <summary>
    /// Creates a model with small random matrices and gains of one (Radford et al. 2019). Matrices that write into the residual stream are
    /// smaller by √(2L), because 2L such terms add up.
    /// </summary>
    public static TrainableLlama Initialize(LlamaConfiguration c, long seed, Device device, bool halfProducts)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        Tensor Initial(TensorSlot slot)
        {
            if (slot.Shape.Count == 1)
                return ones([.. slot.Shape]);
            return randn([.. slot.Shape], generator: generator) * (slot.WritesToResidual ? 0.02 / Math.Sqrt(2.0 * c.Layers) : 0.02);
        }

        return new(c.Validated(), LlamaLayout.Of(c).ToDictionary(slot => slot.Name, Initial), device, halfProducts);
    }

    /// <summary>The forward pass for training, [B, T] → [B, T, V] in float32, with dropout and in the run's precision.</summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="dropout">The share of the values added to the residual stream that is set to zero.</param>
    /// <param name="generator">Chooses these values.</param>
    public Tensor Forward(Tensor tokens, double dropout, Generator generator) =>
        network.Value!
            .Forward(tokens, regularize: dropout > 0 ? x => x * (empty_like(x).bernoulli_(1 - dropout, generator) / (1 - dropout)) : null)
            .to(ScalarType.Float32);

    /// <summary>The forward pass of a teacher, [B, T] → [B, T, V] in float32: in the run's precision and without dropout.</summary>
    public Tensor Forward(Tensor tokens) => network.Value!.Forward(tokens).to(ScalarType.Float32);

    /// <summary>The forward pass of inference, [B, T] → [B, T, V] in float32.</summary>
    public Tensor ForwardExactly(Tensor tokens) => exact.Value!.Forward(tokens);

    public void Dispose()
    {
        foreach (var one in network.Values.Concat(exact.Values).Distinct())
            one.Dispose();
        network.Dispose();
        exact.Dispose();
        foreach (var tensor in Tensors.Values)
            tensor.Dispose();
    }
}
