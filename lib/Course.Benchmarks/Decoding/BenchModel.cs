using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Benchmarks.Decoding;

/// <summary>The model that is timed: of a usual shape, with random weights, for time does not depend on what they are.</summary>
/// <param name="Shape">Its configuration.</param>
public sealed record BenchModel(LlamaConfiguration Shape)
{
    /// <summary>134 M parameters, of which 109.5 M are read per token: more than any cache of a processor holds.</summary>
    public static BenchModel Large { get; } = new(new LlamaConfiguration
    {
        VocabularySize = 32_000,
        Width = 768,
        Layers = 12,
        QueryHeads = 12,
        KeyValueHeads = 12,
        HeadWidth = 64,
        HiddenWidth = 2048,
        ContextLength = 512,
    });

    /// <summary>For a quick look at whether the command works; it fits a cache, so its figures mean little.</summary>
    public static BenchModel Small { get; } = new(Large.Shape with { VocabularySize = 2048, Width = 128, Layers = 2, QueryHeads = 2, KeyValueHeads = 2, HiddenWidth = 256 });

    public FusedLlamaModel Build(BenchFormat format)
    {
        using var scope = NewDisposeScope();
        return format.Weights is { } weights ? new(Shape, QuantizedWeights.From(Shape, Weights(), weights)) : new(Shape, Weights());
    }

    /// <summary>The same weights as llama.cpp reads them: Float32 and int4 bit for bit, int8 in its own blocks of 32 (Q8_0).</summary>
    public void Export(BenchFormat format, string path)
    {
        using var scope = NewDisposeScope();
        if (format.Weights is { Bits: 4 } int4)
        {
            using var quantised = QuantizedWeights.From(Shape, Weights(), int4);
            GgufExport.Write(path, Shape, quantised);
            return;
        }

        GgufExport.Write(path, Shape, Weights(), format.Weights is null ? GgufType.F32 : GgufType.Q8_0);
    }

    private IReadOnlyDictionary<string, Tensor> Weights() => RandomWeights.Of(Shape, seed: 1);
}

/// <summary>A precision of weights, and llama.cpp's name for its like.</summary>
/// <param name="Name">Ours.</param>
/// <param name="Peer">Theirs.</param>
/// <param name="Weights">Null for Float32.</param>
public sealed record BenchFormat(string Name, string Peer, WeightFormat? Weights)
{
    public static IReadOnlyList<BenchFormat> All { get; } = [new("fp32", "F32", null), new("int8", "Q8_0", WeightFormat.Int8), new("int4", "Q4_0", WeightFormat.Int4())];
}
