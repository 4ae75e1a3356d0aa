using Course.Inference.Families.Llama;
using Course.Inference.Files;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Reads and writes the scaling of rotary positions in a GGUF file: linear, or none.</summary>
internal static class LlamaGgufScaling
{
    private const string Prefix = LlamaGguf.Architecture + ".rope.";

    private const string Type = Prefix + "scaling.type", Factor = Prefix + "scaling.factor", OldFactor = Prefix + "scale_linear";

    /// <summary>The keys of the scaling.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Type, Factor, OldFactor];

    /// <summary>
    /// The factor by which positions are divided, with llama.cpp's defaults: without a type the scaling is linear, a factor of zero means
    /// none, and the newer key has precedence.
    /// </summary>
    /// <exception cref="FileException">The scaling is of another type.</exception>
    public static double Read(GgufMetadata metadata)
    {
        var factor = metadata.OptionalDouble(Factor) ?? metadata.OptionalDouble(OldFactor) ?? 0;
        return (metadata.OptionalText(Type) ?? "linear") switch
        {
            "none" => 1,
            "linear" => factor == 0 ? 1 : factor,
            var other => throw metadata.Unsupported(Type, CheckpointFile.Quote(other), "\"none\" or \"linear\""),
        };
    }

    public static IEnumerable<GgufPair> Of(LlamaConfiguration c) =>
        c.RopeFactor == 1 ? [] : [new(Type, "linear"), new(Factor, (float)c.RopeFactor)];
}
