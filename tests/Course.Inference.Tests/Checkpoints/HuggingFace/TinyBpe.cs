using System.Text.Json.Nodes;

namespace Course.Inference.Tests.Checkpoints.HuggingFace;

/// <summary>A very small tokenizer.json: 256 bytes, "he", "ll", " t", "hell", "hello", and two added tokens.</summary>
internal static class TinyBpe
{
    public const int He = 256, Ll = 257, SpaceT = 258, Hell = 259, Hello = 260, End = 261, Tag = 262;

    public static JsonObject Json() => JsonNode.Parse($$"""
        {
          "version": "1.0", "truncation": null, "padding": null, "normalizer": null,
          "added_tokens": [
            { "id": {{End}}, "content": "<|endoftext|>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true },
            { "id": {{Tag}}, "content": "<tag>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": false }
          ],
          "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true },
          "post_processor": null,
          "decoder": { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true },
          "model": { "type": "BPE", "dropout": null, "unk_token": null, "byte_fallback": false, "vocab": {},
            "merges": ["h e", "l l", "Ġ t", "he ll", "hell o"] }
        }
        """)!.AsObject().WithVocabulary();

    /// <summary>The letter that byte-level BPE writes for a byte.</summary>
    public static char Letter(int value)
    {
        var printable = value is >= 33 and <= 126 or >= 161 and <= 172 or >= 174;
        return (char)(printable ? value : value < 33 ? 256 + value : value < 161 ? 256 + 33 + value - 127 : 256 + 67);
    }

    public static string Write(this JsonObject json, TemporaryFolder folder)
    {
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        return folder.Path;
    }

    private static JsonObject WithVocabulary(this JsonObject json)
    {
        var vocabulary = json["model"]!["vocab"]!.AsObject();
        for (var value = 0; value < 256; value++)
            vocabulary[Letter(value).ToString()] = value;
        foreach (var (token, id) in new[] { ("he", He), ("ll", Ll), ("Ġt", SpaceT), ("hell", Hell), ("hello", Hello) })
            vocabulary[token] = id;
        return json;
    }
}
