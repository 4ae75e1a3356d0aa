using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Training.Tokenizers;

/// <summary>
/// Writes a vocabulary as a <c>tokenizer.json</c> for Hugging Face's tokenizers: byte-level BPE without an added prefix space.
/// Every prompt begins with the first special token, because in training every document did.
/// </summary>
public static class TokenizerWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static string ToJson(BytePairVocabulary vocabulary) => new JsonObject
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["padding"] = null,
        ["added_tokens"] = new JsonArray([.. vocabulary.Specials.Select(Special)]),
        ["normalizer"] = null,
        ["pre_tokenizer"] = ByteLevel(),
        ["post_processor"] = BeginsWith(vocabulary.Specials[0]),
        ["decoder"] = ByteLevel(),
        ["model"] = Model(vocabulary),
    }.ToJsonString(Indented) + "\n";

    private static JsonNode Special(string content, int id) => new JsonObject
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };

    private static JsonObject BeginsWith(string special)
    {
        JsonNode Token(int type) => new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = special, ["type_id"] = type } };
        JsonNode Text(string name, int type) => new JsonObject { ["Sequence"] = new JsonObject { ["id"] = name, ["type_id"] = type } };
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Token(0), Text("A", 0)),
            ["pair"] = new JsonArray(Token(0), Text("A", 0), Token(1), Text("B", 1)),
            ["special_tokens"] = new JsonObject
            {
                [special] = new JsonObject { ["id"] = special, ["ids"] = new JsonArray(0), ["tokens"] = new JsonArray(special) },
            },
        };
    }

    private static JsonObject ByteLevel() =>
        new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true };

    private static JsonObject Model(BytePairVocabulary vocabulary) => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = null,
        ["continuing_subword_prefix"] = null,
        ["end_of_word_suffix"] = null,
        ["fuse_unk"] = false,
        ["byte_fallback"] = false,
        ["vocab"] = new JsonObject(
            Enumerable.Range(0, vocabulary.Size).Select(id => KeyValuePair.Create(vocabulary.Spelling(id), (JsonNode?)id))),
        ["merges"] = new JsonArray(
            [.. vocabulary.Merges.Select(merge => (JsonNode)$"{vocabulary.Spelling(merge.Left)} {vocabulary.Spelling(merge.Right)}")]),
    };
}
