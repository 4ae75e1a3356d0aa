using Course.Inference.Models;

namespace Course.Inference.Tokenization;

/// <summary>
/// Which tokens begin and end a text, where the <c>config.json</c> beside a tokenizer says so (<c>bos_token_id</c>,
/// <c>eos_token_id</c>: a number or a list); the tokenizer's own files do not.
/// </summary>
internal static class TextEnds
{
    public static TokenizerDescription Apply(TokenizerDescription tokenizer)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(tokenizer.Source))!, LlamaConfigurationFile.FileName);
        return File.Exists(path) ? CheckpointFile.ReadJson(path, root => Apply(tokenizer, path, new(path, root))) : tokenizer;
    }

    // Not the whole configuration: a tokenizer can be read whatever its model's architecture is.
    private static TokenizerDescription Apply(TokenizerDescription tokenizer, string path, ConfigurationKeys config)
    {
        var begin = config.OptionalInt("bos_token_id") ?? tokenizer.BeginToken;
        var ends = config.Has("eos_token_id") ? config.Ints("eos_token_id") : tokenizer.EndTokens;
        foreach (var id in begin is null ? ends : [begin.Value, .. ends])
            if ((uint)id >= (uint)tokenizer.Entries.Count)
                throw new CheckpointException(
                    path, $"a text begins or ends with token {id}, and {tokenizer.Source} has {tokenizer.Entries.Count} tokens.",
                    "The two files do not belong together: copy both again from where the weights came from.");
        return tokenizer with { BeginToken = begin, EndTokens = ends };
    }
}
