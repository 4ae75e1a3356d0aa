using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama;

/// <summary>A Llama-style decoder, whatever it computes with: its shape, and the type of what goes through it.</summary>
public interface ILlamaModel : ILanguageModel, IDisposable
{
    LlamaConfiguration Configuration { get; }

    /// <summary>The type that activations have, and logits had before they were widened.</summary>
    ScalarType Type { get; }
}
