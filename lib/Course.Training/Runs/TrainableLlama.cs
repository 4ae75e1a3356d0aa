using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>A Llama-style model whose tensors take gradients, over the library's own forward pass.</summary>
public sealed class TrainableLlama : IDisposable
{
    // A network grows its rotary tables as it meets longer texts, so each worker has its own; the weights are the same.
    private readonly ThreadLocal<LlamaNetwork> network;
    private readonly ThreadLocal<LlamaNetwork> exact;

    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">float32, by their checkpoint names; owned from now on.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="halfProducts">Multiply in bfloat16 while training.</param>
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

    /// <summary>Weights that exist: a checkpoint's, widened to float32.</summary>
    public static TrainableLlama From(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Device device, bool halfProducts = false)
    {
        using var scope = NewDisposeScope();
        return new(c, tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32)), device, halfProducts);
    }

    /// <summary>
    /// Small random matrices, gains of one (Radford et al. 2019): what writes into the residual stream starts smaller by √(2L),
    /// since 2L such terms add up.
    /// </summary>
    public static TrainableLlama Initialise(LlamaConfiguration c, long seed, Device device, bool halfProducts)
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

    /// <summary>[B, T] → [B, T, V] in float32, with gradients, dropout and the run's precision.</summary>
    /// <param name="tokens">[B, T]</param>
    /// <param name="dropout">The share of values, on their way into the residual stream, that is set to zero.</param>
    /// <param name="generator">Which values.</param>
    public Tensor Forward(Tensor tokens, double dropout, Generator generator) =>
        network.Value!
            .Forward(tokens, regularize: dropout > 0 ? x => x * (empty_like(x).bernoulli_(1 - dropout, generator) / (1 - dropout)) : null)
            .to(ScalarType.Float32);

    /// <summary>[B, T] → [B, T, V] in float32, in the run's precision and without dropout: how a teacher answers.</summary>
    public Tensor Forward(Tensor tokens) => network.Value!.Forward(tokens).to(ScalarType.Float32);

    /// <summary>[B, T] → [B, T, V] in float32, as inference computes it.</summary>
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
