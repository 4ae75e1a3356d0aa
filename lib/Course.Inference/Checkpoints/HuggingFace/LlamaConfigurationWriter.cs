using System.Text.Json;
using Course.Inference.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>Writes <c>config.json</c> with the keys of Hugging Face's Llama, so that other programs can load the folder too.</summary>
internal static class LlamaConfigurationWriter
{
    public static void Write(string path, LlamaConfiguration c, ScalarType weightType) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true });
        json.WriteStartObject();
        WriteIdentity(json, weightType);
        WriteSizes(json, c);
        WriteTokens(json, c);
        json.WriteEndObject();
    });

    private static void WriteIdentity(Utf8JsonWriter json, ScalarType weightType)
    {
        json.WriteStartArray("architectures");
        json.WriteStringValue(LlamaConfigurationFile.Architecture);
        json.WriteEndArray();
        json.WriteString("model_type", LlamaConfigurationFile.ModelType);
        json.WriteString("torch_dtype", weightType switch
        {
            ScalarType.Float16 => "float16",
            ScalarType.BFloat16 => "bfloat16",
            _ => "float32",
        });
    }

    private static void WriteSizes(Utf8JsonWriter json, LlamaConfiguration c)
    {
        json.WriteNumber("vocab_size", c.VocabularySize);
        json.WriteNumber("hidden_size", c.Width);
        json.WriteNumber("intermediate_size", c.HiddenWidth);
        json.WriteNumber("num_hidden_layers", c.Layers);
        json.WriteNumber("num_attention_heads", c.QueryHeads);
        json.WriteNumber("num_key_value_heads", c.KeyValueHeads);
        json.WriteNumber("head_dim", c.HeadWidth);
        json.WriteNumber("max_position_embeddings", c.ContextLength);
        json.WriteNumber("rms_norm_eps", c.NormEpsilon);
        json.WriteNumber("rope_theta", c.RopeBase);
        if (c.RopeFactor != 1)
        {
            json.WriteStartObject("rope_scaling");
            json.WriteString("type", "linear");
            json.WriteString("rope_type", "linear");
            json.WriteNumber("factor", c.RopeFactor);
            json.WriteEndObject();
        }
        json.WriteString("hidden_act", "silu");
        json.WriteBoolean("attention_bias", false);
        json.WriteBoolean("mlp_bias", false);
        json.WriteBoolean("tie_word_embeddings", c.TiedEmbeddings);
    }

    private static void WriteTokens(Utf8JsonWriter json, LlamaConfiguration c)
    {
        if (c.BeginToken is { } begin)
            json.WriteNumber("bos_token_id", begin);
        if (c.EndTokens.Count == 1)
            json.WriteNumber("eos_token_id", c.EndTokens[0]);
        else if (c.EndTokens.Count > 1)
        {
            json.WriteStartArray("eos_token_id");
            foreach (var end in c.EndTokens)
                json.WriteNumberValue(end);
            json.WriteEndArray();
        }
    }
}
