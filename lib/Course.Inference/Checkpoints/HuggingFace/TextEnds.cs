using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Which tokens begin and end a text, where the files beside a tokenizer say so (<c>bos_token_id</c>, <c>eos_token_id</c>: a number or a
/// list); the tokenizer's own files do not. What <c>config.json</c> or <c>generation_config.json</c> calls an end is one.
/// </summary>
internal static class TextEnds
{
    // Not the whole configuration: a tokenizer can be read whatever its model's architecture is.
    public static TokenizerDescription Apply(TokenizerDescription tokenizer)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(tokenizer.Source))!;
        var (model, generation) = (
            GenerationConfiguration.Read(folder, LlamaConfigurationFile.FileName), GenerationConfiguration.Read(folder));
        RequireTokens(tokenizer, Path.Combine(folder, LlamaConfigurationFile.FileName), model);
        RequireTokens(tokenizer, Path.Combine(folder, GenerationConfiguration.FileName), generation);
        int[] ends = [.. model.EndTokens.Union(generation.EndTokens)];
        return tokenizer with
        {
            BeginToken = model.BeginToken ?? generation.BeginToken ?? tokenizer.BeginToken,
            EndTokens = ends.Length > 0 ? ends : tokenizer.EndTokens,
        };
    }

    private static void RequireTokens(TokenizerDescription tokenizer, string path, (int? BeginToken, int[] EndTokens) said)
    {
        foreach (var id in said.BeginToken is { } begin ? [begin, .. said.EndTokens] : said.EndTokens)
            if ((uint)id >= (uint)tokenizer.Entries.Count)
                throw new FileException(
                    path, $"a text begins or ends with token {id}, and {tokenizer.Source} has {tokenizer.Entries.Count} tokens.",
                    "The two files do not belong together: copy both again from where the weights came from.");
    }
}
