using System.Text.Json;
using Course.Inference.Models;
using static Course.Inference.Models.CheckpointFile;

namespace Course.Inference.Tokenization;

/// <summary>
/// Reads Hugging Face's <c>tokenizer.json</c> where it describes byte-level BPE (GPT-2, Llama 3, SmolLM and the bundled models).
/// What would change the ids and is not supported is refused, never passed over.
/// </summary>
internal static class HuggingFaceTokenizer
{
    public static TokenizerDescription Read(string path)
    {
        var root = JsonValue.Read(path);
        foreach (var key in new[] { "normalizer", "truncation", "padding" })
            if (root.Optional(key) is { } present)
                throw present.Unsupported("null");
        if (root.Optional("decoder") is { } decoder && decoder["type"] is var type && type.AsString() != "ByteLevel")
            throw type.Unsupported("ByteLevel");
        var model = root["model"];
        RequireByteLevelBpe(model);
        var added = root.Optional("added_tokens")?.Items().Select(AddedToken.Read).ToArray() ?? [];
        var description = ByteLevelBpe.Describe(new()
        {
            Source = path,
            Vocabulary = JsonVocabulary.Read(model["vocab"]),
            Merges = [.. model["merges"].Items().Select(Merge)],
            Patterns = PreTokenizerPatterns.Of(root["pre_tokenizer"]),
            Added = Unique(path, added),
            Control = added.Where(token => token.IsControl).Select(token => token.Id).ToHashSet(),
            IgnoresMerges = model.Optional("ignore_merges")?.AsBoolean() ?? false,
        });
        IReadOnlyList<int> prefix = root.Optional("post_processor") is { } processor ? PromptTemplate.Prefix(processor, added) : [];
        return description with { Prefix = prefix, BeginToken = prefix.Count > 0 ? prefix[0] : null };
    }

    private static void RequireByteLevelBpe(JsonValue model)
    {
        // Old files leave the type out; then it is what the other keys say.
        if (model.Optional("type") is { } type && type.AsString() != "BPE")
            throw type.Unsupported("BPE");
        foreach (var key in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
            if (model.Optional(key) is { } affix && affix.AsString().Length > 0)
                throw affix.Unsupported("none");
        if (model.Optional("byte_fallback") is { } fallback && fallback.AsBoolean())
            throw fallback.Unsupported("false: byte-level BPE, where every byte is a letter");
        if (model.Optional("dropout") is { } dropout && dropout.Element.GetRawText() is not ("0" or "0.0"))
            throw dropout.Unsupported("null: encoding is deterministic");
    }

    /// <summary>"left right", or since 2024 also ["left", "right"].</summary>
    private static string Merge(JsonValue merge) =>
        merge.Element.ValueKind == JsonValueKind.Array
            ? string.Join(' ', merge.Items().Select(side => side.AsString()))
            : merge.AsString();

    private static Dictionary<string, int> Unique(string path, IEnumerable<AddedToken> added)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new HashSet<int>();
        foreach (var token in added)
            if (!tokens.TryAdd(token.Content, token.Id) || !ids.Add(token.Id))
                throw new CheckpointException(path, $"\"added_tokens\" has {Quote(token.Content)} or its id {token.Id} twice.", Damaged);
        return tokens;
    }
}
