using Course.Inference.Families.Llama;
using Course.Inference.Files;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>How a GGUF file scales rotary positions: linearly, or not at all.</summary>
internal static class LlamaGgufScaling
{
    private const string Prefix = LlamaGguf.Architecture + ".rope.";

    private const string Type = Prefix + "scaling.type", Factor = Prefix + "scaling.factor", OldFactor = Prefix + "scale_linear";

    /// <summary>What is read, and what is refused unless it says that nothing is done.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Type, Factor, OldFactor];

    /// <summary>As llama.cpp: without a type it is linear, a factor of zero is none, and the newer key goes before the older one.</summary>
    /// <exception cref="FileException">It scales in another way.</exception>
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
