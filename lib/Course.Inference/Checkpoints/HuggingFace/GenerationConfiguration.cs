using Course.Inference.Files;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Reads <c>generation_config.json</c> beside a checkpoint's <c>config.json</c>. It holds other programs' settings for generation, and
/// often it alone lists every token that ends a text.
/// </summary>
internal static class GenerationConfiguration
{
    public const string FileName = "generation_config.json";

    /// <summary>The tokens that begin and end a text; none if there is no such file or it does not name them.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="name">The file's name; <c>config.json</c> has the same two keys.</param>
    /// <exception cref="FileException">The file is damaged.</exception>
    public static (int? BeginToken, int[] EndTokens) Read(string folder, string name = FileName)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? CheckpointFile.ReadJson(path, root => Read(new ConfigurationKeys(path, root))) : (null, []);
    }

    private static (int?, int[]) Read(ConfigurationKeys keys) => (keys.OptionalInt("bos_token_id"), keys.Ints("eos_token_id"));
}
