using static TorchSharp.torch;

namespace Course.Inference.Families.Llama;

/// <summary>
/// Weights that mean nothing: what a weight says does not change what it costs, so any shape can be measured without a checkpoint.
/// </summary>
public static class RandomWeights
{
    /// <summary>
    /// Uniform matrices of variance 1/in, so that activations keep their size, and gains of one: every tensor of
    /// <see cref="LlamaLayout"/>, by name. The same seed gives the same weights on the same kind of device. They belong to the caller's
    /// dispose scope; without one, to the caller.
    /// </summary>
    /// <param name="configuration">The shape.</param>
    /// <param name="seed">Of all of them.</param>
    /// <param name="device">Where they are made and stay; the CPU unless given.</param>
    /// <param name="type">Float32 unless given.</param>
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
