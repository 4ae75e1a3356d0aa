using Course.Inference.Families.Llama;

namespace Course.Inference.Tests.Checkpoints.Llama2c;

/// <summary>Writes files of llama2.c's version 0, for tests of the importer.</summary>
internal static class Llama2cWriter
{
    private static readonly string[] Parts =
    [
        "input_layernorm", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
        "post_attention_layernorm", "mlp.gate_proj", "mlp.down_proj", "mlp.up_proj",
    ];

    public static void Write(string path, LlamaConfiguration c, Dictionary<string, float[]> weights)
    {
        using var writer = new BinaryWriter(File.Create(path));
        foreach (var size in (int[])[
            c.Width, c.HiddenWidth, c.Layers, c.QueryHeads, c.KeyValueHeads, c.TiedEmbeddings ? c.VocabularySize : -c.VocabularySize,
            c.ContextLength
        ])
            writer.Write(size);
        void Put(IEnumerable<float> values)
        {
            foreach (var value in values)
                writer.Write(value);
        }

        Put(weights["model.embed_tokens.weight"]);
        foreach (var part in Parts)
            for (var layer = 0; layer < c.Layers; layer++)
                Put(weights[$"model.layers.{layer}.{part}.weight"]);
        Put(weights["model.norm.weight"]);
        Put(Enumerable.Repeat(float.NaN, c.ContextLength * c.HeadWidth)); // the rotary tables, which nobody may read
        if (!c.TiedEmbeddings)
            Put(weights["lm_head.weight"]);
    }
}
