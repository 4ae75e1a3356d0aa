using Course.Inference.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Speculation;

/// <summary>
/// A draft made of its target: the first layers, and then the head (self-speculation without training; Zhang et al. 2023 skip layers inside).
/// It costs no memory. A model that was never trained to answer early answers badly, and the target then says so.
/// </summary>
public static class EarlyExit
{
    /// <summary>Configuration and tensors of a model of the first layers: views of the same memory, which stays as long as either model does.</summary>
    /// <param name="configuration">The target's.</param>
    /// <param name="tensors">The target's, by checkpoint name.</param>
    /// <param name="layers">At least 1, fewer than it has.</param>
    /// <exception cref="CourseException">There are no such layers.</exception>
    public static (LlamaConfiguration Configuration, IReadOnlyDictionary<string, Tensor> Tensors) FirstLayers(
        LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, int layers)
    {
        if (layers < 1 || layers >= configuration.Layers)
            throw new CourseException($"An early exit lies behind one of the layers 1 to {configuration.Layers - 1} of this model of {configuration.Layers}; got {layers}.");
        var shallow = configuration with { Layers = layers };
        return (shallow, LlamaLayout.Of(shallow).ToDictionary(slot => slot.Name, slot => tensors[slot.Name].alias()));
    }
}
