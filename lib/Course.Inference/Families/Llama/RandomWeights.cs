using static TorchSharp.torch;

namespace Course.Inference.Families.Llama;

/// <summary>
/// Random weights. The values of weights do not change what they cost, so any shape can be measured without a checkpoint.
/// </summary>
public static class RandomWeights
{
    /// <summary>
    /// Every tensor of <see cref="LlamaLayout"/>, by name: uniform matrices of variance 1/in, so that activations keep their magnitude, and
    /// gains of one. The same seed yields the same weights on the same kind of device. They belong to the caller's dispose scope; without
    /// one, to the caller.
    /// </summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="seed">The seed of all matrices.</param>
    /// <param name="device">The device on which they are created; null for the CPU.</param>
    /// <param name="type">The type of the weights.</param>
    public static IReadOnlyDictionary<string, Tensor> Of(
        LlamaConfiguration configuration, ulong seed, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using var generator = new Generator(seed, device ?? CPU);
        return LlamaLayout.Of(configuration.Validated()).ToDictionary(slot => slot.Name, slot =>
        {
            long[] shape = [.. slot.Shape];
            if (shape.Length == 1)
                return ones(shape, type, device);
            var bound = Math.Sqrt(3.0 / shape[^1]);
            return empty(shape, type, device).uniform_(-bound, bound, generator);
        });
    }
}
