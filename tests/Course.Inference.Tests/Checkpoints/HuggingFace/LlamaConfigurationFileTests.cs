using System.Text.Json.Nodes;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Families.Llama;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.HuggingFace;

public sealed class LlamaConfigurationFileTests : IDisposable
{
    private const string Plain = """
        {
          "architectures": ["LlamaForCausalLM"], "model_type": "llama",
          "vocab_size": 512, "hidden_size": 64, "intermediate_size": 172, "num_hidden_layers": 5, "num_attention_heads": 8,
          "max_position_embeddings": 256, "rms_norm_eps": 1e-5, "hidden_act": "silu", "bos_token_id": 1, "eos_token_id": 2,
          "rope_scaling": null, "head_dim": null, "transformers_version": "4.40.0"
        }
        """;

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("config.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Absent_keys_have_the_defaults_of_the_format()
    {
        var c = Read(_ => { });
        Assert.Equal((8, 8, 10_000.0, false), (c.KeyValueHeads, c.HeadWidth, c.RopeBase, c.TiedEmbeddings));
        Assert.Equal(1, c.BeginToken);
        Assert.Equal([2], c.EndTokens);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var c = Read(json =>
        {
            json["num_key_value_heads"] = 4;
            json["head_dim"] = 16;
            json["rope_theta"] = 500000;
            json["tie_word_embeddings"] = true;
            json["eos_token_id"] = new JsonArray(2, 7);
            json["bos_token_id"] = null;
        });
        Assert.Equal((4, 16, 500_000.0, true, null), (c.KeyValueHeads, c.HeadWidth, c.RopeBase, c.TiedEmbeddings, c.BeginToken));
        Assert.Equal([2, 7], c.EndTokens);
        Assert.Equal(
            (512, 64, 172, 5, 8, 256, 1e-5),
            (c.VocabularySize, c.Width, c.HiddenWidth, c.Layers, c.QueryHeads, c.ContextLength, c.NormEpsilon));
    }

    [Fact]
    public void The_rotary_base_may_be_in_the_newer_section() =>
        Assert.Equal(
            123_456,
            Read(json => json["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = 123456 }).RopeBase);

    [Theory]
    [InlineData("rope_scaling", "{\"type\":\"linear\",\"factor\":2.5}", 2.5)]
    [InlineData("rope_scaling", "{\"rope_type\":\"linear\",\"type\":\"linear\",\"factor\":2.5}", 2.5)]
    [InlineData(
        "rope_parameters", "{\"rope_type\":\"linear\",\"factor\":8,\"rope_theta\":10000.0,\"original_max_position_embeddings\":64}", 8)]
    [InlineData("rope_parameters", "{\"rope_type\":\"default\",\"rope_theta\":10000.0}", 1)]
    public void Linear_scaling_is_read(string section, string value, double factor) =>
        Assert.Equal(factor, Read(json => json[section] = JsonNode.Parse(value)).RopeFactor);

    /// <summary>Keys of published checkpoints other than the sizes (Llama 2 and 3, TinyLlama, SmolLM2, Vicuna).</summary>
    [Fact]
    public void Keys_that_do_not_matter_are_ignored()
    {
        var more = JsonNode.Parse("""
            { "_name_or_path": "x", "attention_bias": false, "attention_dropout": 0.0, "initializer_range": 0.041666666666666664, "is_llama_config": true, "mlp_bias": false,
              "pretraining_tp": 2, "rope_interleaved": false, "torch_dtype": "bfloat16", "transformers_version": "4.46.1", "transformers.js_config": { "dtype": "q4" },
              "use_cache": true, "pad_token_id": 0, "max_sequence_length": 2048, "temperature": 0.9, "top_p": 0.6, "max_length": 4096, "dtype": "float32",
              "sliding_window": 4096, "layer_types": ["full_attention"], "hidden_act": "swish", "auto_map": { "AutoModel": "x" } }
            """)!.AsObject();
        var expected = Read(_ => { });
        Assert.Equivalent(expected, Read(json =>
        {
            foreach (var (key, value) in more)
                json[key] = value?.DeepClone();
        }), strict: true);
    }

    [Fact]
    public void A_written_configuration_is_read_back()
    {
        foreach (var ends in (int[][])[[], [2], [2, 5]])
        {
            var c = SmallModel.Shape(keyValueHeads: 1, tied: true) with
            {
                BeginToken = 3,
                EndTokens = ends,
                RopeBase = 12345.5,
                RopeFactor = 2.5,
                NormEpsilon = 3e-6
            };
            LlamaConfigurationFile.Write(Path, c, ScalarType.BFloat16);
            Assert.Equivalent(c, LlamaConfigurationFile.Read(Path), strict: true);
        }
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "model_type", "\"gpt2\"", "\"model_type\" is \"gpt2\", where \"llama\" was expected" },
        { "architectures", "[\"MistralForCausalLM\"]", "\"architectures\" is \"MistralForCausalLM\"" },
        { "architectures", "\"LlamaForCausalLM\"", "where a list of strings was expected" },
        { "hidden_act", "\"gelu\"", "\"hidden_act\" is \"gelu\"" },
        { "attention_bias", "true", "\"attention_bias\" is true" },
        { "mlp_bias", "true", "\"mlp_bias\" is true" },
        { "mlp_bias", "1", "where true or false was expected" },
        { "rope_scaling", "{\"rope_type\":\"llama3\",\"factor\":8.0}", "\"rope_scaling.rope_type\" is \"llama3\"" },
        { "rope_scaling", "{\"type\":\"linear\"}", "\"rope_scaling.factor\" is missing" },
        { "rope_scaling", "{\"factor\":2.0}", "\"rope_scaling.rope_type\" is missing" },
        { "rope_scaling", "{\"type\":\"default\",\"factor\":2.0}", "\"rope_scaling.factor\" is 2" },
        { "rope_scaling", "{\"type\":\"linear\",\"rope_type\":\"yarn\",\"factor\":2.0}", "\"rope_scaling.rope_type\" is \"yarn\"" },
        { "rope_scaling", "{\"type\":\"dynamic\",\"factor\":2.0}", "\"rope_scaling.rope_type\" is \"dynamic\"" },
        { "rope_scaling", "{\"type\":\"linear\",\"factor\":-2}", "positions are divided by" },
        { "rope_scaling", "{\"type\":\"linear\",\"factor\":2,\"attention_factor\":3}", "\"rope_scaling.attention_factor\"" },
        { "rope_scaling", "{\"rope_theta\":5000}", "\"rope_scaling.rope_theta\" is 5000, where 10000" },
        { "rope_parameters", "{\"rope_type\":\"yarn\",\"rope_theta\":1e4}", "\"rope_parameters.rope_type\" is \"yarn\"" },
        { "rope_parameters", "{\"rope_theta\":1e4,\"partial_rotary_factor\":0.5}", "partial_rotary_factor" },
        { "quantization_config", "{}", "\"quantization_config\" is present" },
        { "sliding_window", "16", "\"sliding_window\" is 16" },
        { "layer_types", "[\"full_attention\",\"sliding_attention\"]", "\"layer_types\" is \"sliding_attention\"" },
        { "logit_scale", "0.5", "\"logit_scale\" is 0.5" },
        { "embedding_multiplier", "12.0", "\"embedding_multiplier\" is 12" },
        { "residual_multiplier", "0.22", "\"residual_multiplier\"" },
        { "attention_multiplier", "0.0156", "\"attention_multiplier\"" },
        { "final_logit_softcapping", "30.0", "\"final_logit_softcapping\"" },
        { "num_local_experts", "8", "\"num_local_experts\" is 8" },
        { "clip_qkv", "8.0", "\"clip_qkv\"" },
        { "is_causal", "false", "\"is_causal\" is false" },
        { "rope_interleaved", "true", "\"rope_interleaved\" is true" },
        { "pruned_heads", "{\"0\":[1]}", "\"pruned_heads\"" },
        { "something_new", "{ \"of\": [1] }", "\"something_new\" is unknown" },
        { "vocab_size", "null", "the key \"vocab_size\" is missing" },
        { "vocab_size", "\"512\"", "where a whole number was expected" },
        { "vocab_size", "5e9", "where a whole number was expected" },
        { "vocab_size", "0", "the vocabulary must be between 1" },
        { "hidden_size", "65", "\"num_attention_heads\" is 8, where a divisor of the hidden_size of 65" },
        { "num_attention_heads", "0", "\"num_attention_heads\" is 0" },
        { "num_attention_heads", "-8", "\"num_attention_heads\" is -8" },
        { "num_key_value_heads", "3", "the 8 query heads must divide evenly among the 3" },
        { "num_key_value_heads", "0", "number of key/value heads must be between 1" },
        { "num_hidden_layers", "2147483647", "number of layers must be between 1 and 4096" },
        { "head_dim", "7", "head width must be even" },
        { "head_dim", "1000000", "width of all heads" },
        { "rms_norm_eps", "-1", "epsilon" },
        { "rms_norm_eps", "1e999", "epsilon" },
        { "rope_theta", "\"x\"", "where a number was expected" },
        { "eos_token_id", "[2,512]", "outside the vocabulary" },
        { "eos_token_id", "[2,\"x\"]", "where a whole number was expected" },
        { "bos_token_id", "-1", "outside the vocabulary" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_would_give_wrong_text_is_refused_with_file_and_key(string key, string value, string expected)
    {
        var error = Assert.Throws<FileException>(() => Read(json => json[key] = JsonNode.Parse(value)));
        Assert.StartsWith(Path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_does_not_say_what_it_is_is_refused() =>
        Assert.Contains("\"architectures\" is missing", Assert.Throws<FileException>(() => Read(json =>
        {
            json.Remove("architectures");
            json.Remove("model_type");
        })).Message, StringComparison.Ordinal);

    private LlamaConfiguration Read(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(Plain)!.AsObject();
        change(json);
        File.WriteAllText(Path, json.ToJsonString());
        return LlamaConfigurationFile.Read(Path);
    }
}
