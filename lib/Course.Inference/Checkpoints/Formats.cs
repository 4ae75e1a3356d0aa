using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Llama2c;

namespace Course.Inference.Checkpoints;

/// <summary>All formats there are. The first that takes a path reads it, so one without a mark of its own comes last.</summary>
internal static class Formats
{
    public static IReadOnlyList<ICheckpointFormat> All { get; } = [new HuggingFaceFolder(), new GgufCheckpoint(), new Llama2cCheckpoint()];
}
