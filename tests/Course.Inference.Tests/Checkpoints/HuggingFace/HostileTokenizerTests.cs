using System.Text;
using System.Text.Json.Nodes;
using Course.Inference.Checkpoints;

namespace Course.Inference.Tests.Checkpoints.HuggingFace;

/// <summary>
/// Files that are damaged, make false claims, or ask for something not implemented: each yields one error that names the file and the key.
/// </summary>
public sealed class HostileTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("normalizer", """{ "type": "NFC" }""", "\"normalizer\"")]
    [InlineData("normalizer", """{ "type": "Sequence", "normalizers": [ { "type": "NFC" } ] }""", "\"normalizer.normalizers[0]\"")]
    [InlineData("something_new", "1", "\"something_new\"")]
    [InlineData("decoder", """{ "type": "Sequence", "decoders": [ { "type": "ByteLevel" }, { "type": "Strip" } ] }""", "\"decoder.type\"")]
    [InlineData("model.type", "\"Unigram\"", "\"model.type\"")]
    [InlineData("model.byte_fallback", "true", "\"model.byte_fallback\"")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "\"model.end_of_word_suffix\"")]
    [InlineData("model.dropout", "0.1", "\"model.dropout\"")]
    [InlineData("decoder.type", "\"Metaspace\"", "\"decoder.type\"")]
    [InlineData("pre_tokenizer", """{ "type": "Whitespace" }""", "\"pre_tokenizer\"")]
    [InlineData("pre_tokenizer.add_prefix_space", "true", "\"pre_tokenizer.add_prefix_space\"")]
    [InlineData(
        "pre_tokenizer",
        """{ "type": "Sequence", "pretokenizers": [ { "type": "Split", "pattern": { "Regex": "x" }, "behavior": "Removed" }, { "type": "ByteLevel" } ] }""", "\"pre_tokenizer.pretokenizers[0].behavior\"")]
    [InlineData("post_processor", """{ "type": "BertProcessing" }""", "\"post_processor\"")]
    [InlineData("added_tokens.0.lstrip", "true", "\"added_tokens[0].lstrip\"")]
    [InlineData("added_tokens.0.content", "\"\"", "\"added_tokens[0].content\"")]
    public void What_would_change_the_ids_and_is_not_supported_is_refused_by_name(string path, string value, string named) =>
        AssertRefused(TinyBpe.Json().With(path, JsonNode.Parse(value)), named, "supported");

    [Theory]
    [InlineData("model", "null", "model")]
    [InlineData("model.vocab", "{}", "empty")]
    [InlineData("model.vocab.he", "257", "257")]             // another token's id
    [InlineData("model.vocab.he", "-1", "-1")]
    [InlineData("model.vocab.he", "2000000000", "2000000000")] // must not reserve gigabytes
    [InlineData("model.vocab.he", "1.5", "model.vocab.he")]
    [InlineData("model.vocab", "[]", "model.vocab")]
    [InlineData("model.merges", """["h e", "q"]""", "merges")]
    [InlineData("model.merges", """["h e", "he q"]""", "heq")]  // makes a token that is not there
    [InlineData("model.merges", """["h e", "h e"]""", "merges")]
    [InlineData("model.merges", "[7]", "model.merges[0]")]
    [InlineData("added_tokens.0.id", "256", "<|endoftext|>")]   // "he" has it
    [InlineData("added_tokens.0.id", "262", "<tag>")]
    [InlineData("added_tokens.1.content", "\"<|endoftext|>\"", "<|endoftext|>")]
    [InlineData(
        "pre_tokenizer",
        """{ "type": "Sequence", "pretokenizers": [ { "type": "Split", "pattern": { "Regex": "(" }, "behavior": "Isolated" }, { "type": "ByteLevel" } ] }""", "pattern")]
    public void What_does_not_fit_together_is_damaged(string path, string value, string named) =>
        AssertRefused(TinyBpe.Json().With(path, JsonNode.Parse(value)), named);

    [Fact]
    public void A_vocabulary_that_lacks_a_byte_cannot_encode_everything()
    {
        var json = TinyBpe.Json();
        json["model"]!["vocab"]!.AsObject().Remove("Ġ");
        AssertRefused(json, "0x20");
    }

    [Fact]
    public void A_token_that_occurs_twice_is_refused() =>
        AssertRefused(TinyBpe.Json().ToJsonString().Replace("\"he\":256", "\"he\":256,\"he\":256", StringComparison.Ordinal), "he");

    [Theory]
    [InlineData("\"normalized\":false,\"special\":false", "\"normalized\":false,\"special\":\"\\uD83D\"", "added_tokens[1].special")]
    [InlineData("\"model\":{\"type\":\"BPE\"", "\"model\":{\"type\":\"\\uD83D\"", "model.type")]
    [InlineData("\"vocab\":{", "\"vocab\":{\"\\uD83D\":261,", "JSON")]
    public void Half_a_surrogate_pair_in_the_file_is_refused(string good, string bad, string named)
    {
        var json = TinyBpe.Json().ToJsonString();
        Assert.Contains(good, json, StringComparison.Ordinal);
        AssertRefused(json.Replace(good, bad, StringComparison.Ordinal), named);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var whole = TinyBpe.Json().ToJsonString();
        for (var length = 0; length < whole.Length; length += 97)
            AssertRefused(whole[..length]);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(TinyBpe.Json().ToJsonString());
        bytes[Array.IndexOf(bytes, (byte)'v')] = 0xFF;
        File.WriteAllBytes(folder.File("tokenizer.json"), bytes);

        Assert.Contains("UTF-8", Assert.Throws<FileException>(() => TokenizerFile.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_never_ends_is_stopped()
    {
        var json = TinyBpe.Json().With("pre_tokenizer", JsonNode.Parse("""
            { "type": "Sequence", "pretokenizers": [ { "type": "Split", "pattern": { "Regex": "(a+)+$" }, "behavior": "Isolated" }, { "type": "ByteLevel" } ] }
            """));
        var tokenizer = TokenizerFile.Load(json.Write(folder));

        Assert.Contains(
            "(a+)+$", Assert.Throws<CourseException>(() => tokenizer.Encode(new string('a', 40) + "!")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_says_what_belongs_there()
    {
        var error = Assert.Throws<FileException>(() => TokenizerFile.Load(folder.Path));
        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileException>(() => TokenizerFile.Load(folder.File("absent")));
    }

    private void AssertRefused(JsonObject json, params string[] named) => AssertRefused(json.ToJsonString(), named);

    private void AssertRefused(string json, params string[] named)
    {
        File.WriteAllText(folder.File("tokenizer.json"), json);
        var error = Assert.Throws<FileException>(() => TokenizerFile.Load(folder.Path));
        foreach (var part in named.Append(folder.File("tokenizer.json")))
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
