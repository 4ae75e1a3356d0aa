using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Llama2c;

namespace Course.Inference.Checkpoints;

/// <summary>
/// All checkpoint formats. The first format that recognises a path reads it, so a format without a magic number comes last.
/// </summary>
internal static class Formats
{
    public static IReadOnlyList<ICheckpointFormat> All { get; } = [new HuggingFaceFolder(), new GgufCheckpoint(), new Llama2cCheckpoint()];
}
