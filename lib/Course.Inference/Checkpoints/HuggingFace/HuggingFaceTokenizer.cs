using System.Text.Json;
using Course.Inference.Files;
using Course.Inference.Tokenization;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Reads Hugging Face's <c>tokenizer.json</c> if it describes byte-level BPE (GPT-2, Llama 3, SmolLM and the bundled models).
/// An unsupported key that would change the ids is refused, never ignored.
/// </summary>
internal static class HuggingFaceTokenizer
{
    public static TokenizerDescription Read(string path)
    {
        var root = JsonValue.Read(path);
        // "truncation" and "padding" are for batches of documents: other programs set them for each batch, and here no prompt is truncated
        // or padded.
        RequireKnown(root);
        if (root.Optional("normalizer") is { } normalizer)
            RequireNothing(normalizer);
        if (root.Optional("decoder") is { } decoder)
            RequireByteLevel(decoder);
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

    private static void RequireKnown(JsonValue root)
    {
        string[] known =
            ["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"];
        foreach (var (name, value) in root.Members())
            if (!known.Contains(name))
                throw value.Unsupported("a tokenizer without it");
    }

    /// <summary>Checks that the normalizer does nothing: it must be a sequence without steps.</summary>
    private static void RequireNothing(JsonValue normalizer)
    {
        if (normalizer["type"].AsString() != "Sequence")
            throw normalizer.Unsupported("null, or an empty Sequence");
        foreach (var step in normalizer["normalizers"].Items())
            RequireNothing(step);
    }

    /// <summary>Checks that the decoder is ByteLevel, alone or as the only step of a sequence.</summary>
    private static void RequireByteLevel(JsonValue decoder)
    {
        var type = decoder["type"];
        JsonValue[] steps = type.AsString() == "Sequence" ? [.. decoder["decoders"].Items()] : [];
        if (type.AsString() != "ByteLevel" && steps.Length != 1)
            throw type.Unsupported("ByteLevel, alone or as the only step of a Sequence");
        foreach (var step in steps)
            RequireByteLevel(step);
    }

    private static void RequireByteLevelBpe(JsonValue model)
    {
        // Old files omit the type; then the other keys tell.
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

    /// <summary>A merge as "left right". Files have it in this form, or since 2024 also as ["left", "right"].</summary>
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
                throw new FileException(path, $"\"added_tokens\" has {Quote(token.Content)} or its id {token.Id} twice.", Damaged);
        return tokens;
    }
}
