using Course.Inference.Families.Llama;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Reads a checkpoint's <c>config.json</c> as Hugging Face writes it. A key that would change the arithmetic and is not implemented is
/// refused by name; keys that do not matter are ignored.
/// </summary>
public static class LlamaConfigurationFile
{
    public const string FileName = "config.json";
    public const string Architecture = "LlamaForCausalLM";
    public const string ModelType = "llama";

    /// <exception cref="FileException">The file is missing, is not JSON, or describes a model that this project does not run.</exception>
    public static LlamaConfiguration Read(string path) => ReadJson(path, root => From(path, new(path, root)));

    /// <summary>
    /// Writes a file that <see cref="Read"/> reads. <paramref name="weightType"/> is written for other programs; this one looks at the
    /// weights.
    /// </summary>
    public static void Write(string path, LlamaConfiguration configuration, TorchSharp.torch.ScalarType weightType) =>
        LlamaConfigurationWriter.Write(path, configuration.Validated(), weightType);

    private static LlamaConfiguration From(string path, ConfigurationKeys keys)
    {
        RequireLlama(keys);
        LlamaConfigurationNeutral.Require(keys);
        int width = keys.Int("hidden_size"), heads = keys.Int("num_attention_heads");
        var generation = GenerationConfiguration.Read(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var (ropeBase, ropeFactor) = LlamaConfigurationRope.Read(keys);
        var configuration = new LlamaConfiguration
        {
            VocabularySize = keys.Int("vocab_size"),
            Width = width,
            HiddenWidth = keys.Int("intermediate_size"),
            Layers = keys.Int("num_hidden_layers"),
            QueryHeads = heads,
            KeyValueHeads = keys.OptionalInt("num_key_value_heads") ?? heads,
            HeadWidth = keys.OptionalInt("head_dim") ?? DefaultHeadWidth(keys, width, heads),
            ContextLength = keys.Int("max_position_embeddings"),
            NormEpsilon = keys.OptionalDouble("rms_norm_eps") ?? 1e-6,
            RopeBase = ropeBase,
            RopeFactor = ropeFactor,
            TiedEmbeddings = keys.OptionalBool("tie_word_embeddings") ?? false,
            BeginToken = keys.OptionalInt("bos_token_id") ?? generation.BeginToken,
            EndTokens = [.. keys.Ints("eos_token_id").Union(generation.EndTokens)],
        };
        return Validated(path, configuration);
    }

    private static void RequireLlama(ConfigurationKeys keys)
    {
        if (keys.OptionalString("model_type") is { } type && type != ModelType)
            throw keys.Unsupported("model_type", Quote(type), $"\"{ModelType}\"");
        string[] architectures = [.. keys.Strings("architectures")];
        if (architectures.FirstOrDefault(name => name != Architecture) is { } other)
            throw keys.Unsupported("architectures", Quote(other), $"\"{Architecture}\"");
        if (!keys.Has("model_type") && architectures.Length == 0)
            throw keys.Unsupported("architectures", "missing", $"\"{Architecture}\"");
    }

    private static int DefaultHeadWidth(ConfigurationKeys keys, int width, int heads) =>
        heads > 0 && width % heads == 0
            ? width / heads
            : throw keys.Unsupported("num_attention_heads", $"{heads}", $"a divisor of the hidden_size of {width}, or a head_dim,");

    private static LlamaConfiguration Validated(string path, LlamaConfiguration configuration)
    {
        try
        {
            return configuration.Validated();
        }
        catch (CourseException e) when (e is not FileException)
        {
            throw new FileException(path, e.Message, "Copy it again from where the weights came from.", e);
        }
    }
}
