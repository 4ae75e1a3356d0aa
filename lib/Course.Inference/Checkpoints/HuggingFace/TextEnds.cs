using Course.Inference.Tokenization;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Adds the tokens that begin and end a text to a tokenizer. The tokenizer's own files do not name them, but
/// <c>config.json</c> and <c>generation_config.json</c> beside them do (<c>bos_token_id</c>, <c>eos_token_id</c>: a number
/// or a list). The end tokens of both count.
/// </summary>
internal static class TextEnds
{
    // Reads only two keys, not the whole configuration: a tokenizer can be read whatever the architecture of its model.
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
                    path, $"a text begins or ends with token {id}, but {tokenizer.Source} has only {tokenizer.Entries.Count} tokens.",
                    "The two files do not belong together: copy both again from where the weights came from.");
    }
}
