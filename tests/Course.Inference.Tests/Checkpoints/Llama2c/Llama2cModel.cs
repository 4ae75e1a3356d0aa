using System.Runtime.InteropServices;
using Course.Inference.Families.Llama;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Checkpoints.Llama2c;

/// <summary>
/// The 260K-parameter model of llama2.c as its own C program reads it, including the pairs of neighbours: an independent implementation, so
/// that a mistake of the importer is not simply repeated.
/// </summary>
internal static class Llama2cModel
{
    public static string Path => SharedData.Path("data", "models", "stories260K", "stories260K.bin");

    public static LlamaConfiguration Shape { get; } = new()
    {
        VocabularySize = 512,
        Width = 64,
        HiddenWidth = 172,
        Layers = 5,
        QueryHeads = 8,
        KeyValueHeads = 4,
        HeadWidth = 8,
        ContextLength = 512,
        TiedEmbeddings = true,
        BeginToken = 1,
        EndTokens = [1, 2],
    };

    public static NaiveLlama Naive()
    {
        var floats = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path).AsSpan(28)).ToArray();
        var weights = new Dictionary<string, float[]>();
        var at = 0;
        float[] Take(int count) => floats[at..(at += count)];
        void TakeLayers(string part, int count)
        {
            for (var layer = 0; layer < 5; layer++)
                weights[$"model.layers.{layer}.{part}.weight"] = Take(count);
        }

        weights["model.embed_tokens.weight"] = Take(512 * 64);
        TakeLayers("input_layernorm", 64);
        TakeLayers("self_attn.q_proj", 64 * 64);
        TakeLayers("self_attn.k_proj", 32 * 64);
        TakeLayers("self_attn.v_proj", 32 * 64);
        TakeLayers("self_attn.o_proj", 64 * 64);
        TakeLayers("post_attention_layernorm", 64);
        TakeLayers("mlp.gate_proj", 172 * 64);
        TakeLayers("mlp.down_proj", 64 * 172);
        TakeLayers("mlp.up_proj", 172 * 64);
        weights["model.norm.weight"] = Take(64);
        return new(Shape, name => weights[name], turnsNeighbours: true);
    }
}
