using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama;

/// <summary>A Llama-style decoder, independent of its implementation: its configuration and the type of its activations.</summary>
public interface ILlamaModel : ILanguageModel, IDisposable
{
    LlamaConfiguration Configuration { get; }

    /// <summary>The type of the activations, and of the logits before they are widened to Float32.</summary>
    ScalarType Type { get; }
}
