using System.Text.Json.Nodes;
using Course.Inference.Checkpoints;
using Course.Inference.Tokenization;
using static Course.Inference.Tests.Checkpoints.HuggingFace.TinyBpe;

namespace Course.Inference.Tests.Checkpoints.HuggingFace;

public sealed class HuggingFaceTokenizerTests : IDisposable
{
    private const string Llama3 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ITokenizer Load(JsonObject json) => TokenizerFile.Load(json.Write(folder));

    private static JsonNode Split(string pattern) => JsonNode.Parse($$"""
        { "type": "Sequence", "pretokenizers": [
          { "type": "Split", "pattern": { "Regex": "" }, "behavior": "Isolated", "invert": false },
          { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false } ] }
        """)!.With("pretokenizers.0.pattern.Regex", pattern);

    [Fact]
    public void Merges_apply_in_their_order_and_within_words()
    {
        var tokenizer = Load(Json());

        Assert.Equal([Hello, SpaceT, 'o'], tokenizer.Encode("hello to"));
        Assert.Equal([He, Ll], tokenizer.Encode("he").Concat(tokenizer.Encode("ll")));
        Assert.Equal(["hello", " t"], new[] { tokenizer.Name(Hello), tokenizer.Name(SpaceT) });
    }

    [Fact]
    public void Merges_as_pairs_are_the_same_as_merges_as_strings()
    {
        var json = Json();
        json["model"]!["merges"] = new JsonArray([.. json["model"]!["merges"]!.AsArray().Select(merge =>
            new JsonArray([.. merge!.GetValue<string>().Split(' ').Select(side => (JsonNode)side)]))]);

        Assert.Equal([Hello, SpaceT, 'o'], Load(json).Encode("hello to"));
    }

    [Fact]
    public void Added_tokens_are_cut_out_of_the_text_first_and_only_special_ones_have_no_text()
    {
        var tokenizer = Load(Json());

        Assert.Equal([Hello, End, Tag, He], tokenizer.Encode("hello<|endoftext|><tag>he"));
        Assert.Equal("hello<tag>he", tokenizer.Decode([Hello, End, Tag, He]));
        Assert.Equal(263, tokenizer.VocabularySize);
    }

    [Fact]
    public void Every_text_comes_back_as_it_was()
    {
        var tokenizer = Load(Json());
        foreach (var text in new[] { "", " ", "hello\r\n\ttto", "naïve café", "日本語", "🦙🏽👩‍👩‍👧 𝒜", "\0\u007f\u00ad" })
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Theory]
    // Llama 3's pattern allows one character before the letters of a word, and the emoji counts as one: "👩he" is one piece.
    [InlineData("\U0001F469he", true)]
    // A letter above U+FFFF is a letter: 𝒜 belongs to the following letters, like any other.
    [InlineData("\U0001D49Che", true)]
    [InlineData("!!he", false)]
    public void Characters_beyond_16_bits_count_as_one_character_of_their_own_kind(string text, bool onePiece)
    {
        // The merge joins "he" and the byte before it, which is possible only within one piece.
        var json = Json().With("pre_tokenizer", Split(Llama3));
        var last = Letter(System.Text.Encoding.UTF8.GetBytes(text)[^3]);
        json["model"]!["vocab"]![$"{last}he"] = 263;
        json["model"]!["merges"]!.AsArray().Add($"{last} he");

        Assert.Equal(onePiece, Load(json).Encode(text).Contains(263));
    }

    [Fact]
    public void Digits_are_cut_one_by_one_where_the_file_asks_for_it()
    {
        var json = Json();
        json["model"]!["vocab"]!["11"] = 263;
        json["model"]!["merges"]!.AsArray().Add("1 1");
        Assert.Equal([263], Load(json).Encode("11"));

        json["pre_tokenizer"] = JsonNode.Parse("""
            { "type": "Sequence", "pretokenizers": [ { "type": "Digits", "individual_digits": true }, { "type": "ByteLevel", "add_prefix_space": false } ] }
            """);
        Assert.Equal(['1', '1'], Load(json).Encode("11"));
    }

    [Fact]
    public void A_piece_that_is_a_token_is_taken_whole_only_where_merges_are_ignored()
    {
        var json = Json();
        json["model"]!["vocab"]!["xyz"] = 263; // no merge leads there
        Assert.Equal(['x', 'y', 'z'], Load(json).Encode("xyz"));

        json["model"]!["ignore_merges"] = true;
        Assert.Equal([263, SpaceT, 'x'], Load(json).Encode("xyz tx"));
    }

    [Fact]
    public void What_the_template_puts_first_begins_every_prompt()
    {
        var json = Json();
        json["post_processor"] = JsonNode.Parse("""
            { "type": "TemplateProcessing", "single": [ { "SpecialToken": { "id": "<|endoftext|>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } } ],
              "special_tokens": { "<|endoftext|>": { "id": "<|endoftext|>", "ids": [261], "tokens": ["<|endoftext|>"] } } }
            """);
        var tokenizer = Load(json);

        Assert.Equal(End, tokenizer.BeginToken);
        Assert.Equal([End, Hello], tokenizer.EncodePrompt("hello"));
        Assert.Equal([End], tokenizer.EncodePrompt(""));
        Assert.Equal([Hello], tokenizer.Encode("hello"));
    }

    [Fact]
    public void Begin_and_end_come_from_the_configuration_beside_it()
    {
        File.WriteAllText(folder.File("config.json"), """{ "bos_token_id": 262, "eos_token_id": [261, 262] }""");
        var tokenizer = Load(Json());

        Assert.Equal(Tag, tokenizer.BeginToken);
        Assert.Equal([End, Tag], tokenizer.EndTokens);
        Assert.Equal([Hello], tokenizer.EncodePrompt("hello")); // known, but this model's prompts do not begin with it
    }

    /// <summary>Chat checkpoints often list the end-of-turn token only there.</summary>
    [Theory]
    [InlineData(null, "261", new[] { End })]
    [InlineData(null, "[262, 261]", new[] { Tag, End })]
    [InlineData("261", "[261, 262]", new[] { End, Tag })]
    [InlineData("[262]", "261", new[] { Tag, End })]
    [InlineData("[262]", "null", new[] { Tag })]
    public void End_tokens_come_from_the_generation_configuration_too(string? config, string generation, int[] expected)
    {
        if (config is not null)
            File.WriteAllText(folder.File("config.json"), $$"""{ "eos_token_id": {{config}} }""");
        File.WriteAllText(folder.File("generation_config.json"), $$"""{ "eos_token_id": {{generation}}, "bos_token_id": 262 }""");
        var tokenizer = Load(Json());
        Assert.Equal(expected, tokenizer.EndTokens);
        Assert.Equal(Tag, tokenizer.BeginToken);
        File.WriteAllText(folder.File("generation_config.json"), """{ "eos_token_id": 263 }""");
        Assert.Contains(
            "generation_config.json: a text begins or ends with token 263", Assert.Throws<FileException>(() => Load(Json())).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normalizer", """{ "type": "Sequence", "normalizers": [] }""")]
    [InlineData("normalizer", """{ "type": "Sequence", "normalizers": [ { "type": "Sequence", "normalizers": [] } ] }""")]
    [InlineData("truncation", """{ "direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 0 }""")]
    [InlineData("padding", """{ "strategy": "BatchLongest", "direction": "Right", "pad_id": 0, "pad_type_id": 0, "pad_token": "<pad>" }""")]
    [InlineData("decoder", """{ "type": "Sequence", "decoders": [ { "type": "ByteLevel", "add_prefix_space": true } ] }""")]
    public void Keys_that_change_no_ids_are_ignored(string path, string value)
    {
        const string text = "hello to hello to hello to hello";
        Assert.Equal(Load(Json()).Encode(text), Load(Json().With(path, JsonNode.Parse(value))).Encode(text));
    }

    /// <summary>The naive rule, with the leftmost of equal merges first, on random vocabularies and texts of few letters.</summary>
    [Fact]
    public void Merges_are_those_of_the_rule_on_random_vocabularies()
    {
        var random = new Random(12);
        for (var trial = 0; trial < 60; trial++)
        {
            var (merges, tokens) = (new List<(string, string)>(), new List<string> { "a", "b" });
            for (var i = random.Next(1, 10); i > 0; i--)
            {
                var (left, right) = (tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
                if (!tokens.Contains(left + right))
                    (merges, tokens) = ([.. merges, (left, right)], [.. tokens, left + right]);
            }

            var json = Json();
            json["model"]!["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)$"{merge.Item1} {merge.Item2}")]);
            foreach (var (token, id) in tokens.Skip(2).Select((token, i) => (token, 263 + i)))
                json["model"]!["vocab"]![token] = id;
            var tokenizer = Load(json);
            var text = new string([.. Enumerable.Range(0, random.Next(1, 25)).Select(_ => "ab"[random.Next(2)])]);
            Assert.Equal(Naive(merges, text), tokenizer.Encode(text).Select(tokenizer.Name));
        }
    }

    private static List<string> Naive(List<(string Left, string Right)> merges, string text)
    {
        var parts = text.Select(letter => letter.ToString()).ToList();
        foreach (var _ in text)
        {
            var pair = merges.FindIndex(merge => Enumerable.Range(0, parts.Count - 1).Any(i => (parts[i], parts[i + 1]) == merge));
            if (pair < 0)
                break;
            var at = Enumerable.Range(0, parts.Count - 1).First(i => (parts[i], parts[i + 1]) == merges[pair]);
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }

        return parts;
    }

    [Fact]
    public void An_end_token_that_the_tokenizer_lacks_names_both_files()
    {
        File.WriteAllText(folder.File("config.json"), """{ "eos_token_id": 263 }""");

        var error = Assert.Throws<FileException>(() => Load(Json()));
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_begin_token_an_empty_prompt_is_an_error()
    {
        var error = Assert.Throws<CourseException>(() => Load(Json()).EncodePrompt(""));
        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        var error = Assert.Throws<CourseException>(() => Load(Json()).Encode("he\uD83D!"));
        Assert.Contains("character 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => Load(Json()).Encode("\uDE00"));
    }
}
