using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Tests.Checkpoints.HuggingFace;
using Course.Inference.Tests.Families.Llama;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.Gguf;

/// <summary>
/// The effect of single keys of a GGUF file on the ids. The expected ids are llama.cpp's for the same edited file,
/// with special tokens parsed.
/// </summary>
public sealed class GgufTokenizerKeysTests : IDisposable
{
    private const string Types = "tokenizer.ggml.token_type", Tokens = "tokenizer.ggml.tokens";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ITokenizer Small(Action<Dictionary<string, object>> edit) =>
        TokenizerFile.Load(EditedGguf.Write(EditedGguf.Small, folder.File("x.gguf"), edit));

    private ITokenizer Typed(int id, GgufTokenType type, string? text = null) => Small(values =>
    {
        ((int[])values[Types])[id] = (int)type;
        ((string[])values[Tokens])[id] = text ?? ((string[])values[Tokens])[id];
    });

    private static void Same(string expected, ITokenizer tokenizer, string text) =>
        Assert.Equal(expected, string.Join(' ', tokenizer.EncodePrompt(text)));

    [SharedDataTheory]
    [InlineData("hooo", "1 415 347 414")]
    [InlineData(" x", "1 410 444")]
    [InlineData("Once upon a time", "1 441 416 331 407 261 378")]
    [InlineData("a<s>b", "1 412 1 430")]
    public void No_space_is_put_before_a_text_where_the_file_says_so(string text, string ids)
    {
        var tokenizer = Small(values => values["tokenizer.ggml.add_space_prefix"] = false);
        Same(ids, tokenizer, text);
        Assert.False(tokenizer.AddsLeadingSpace);
        Assert.Equal(text.Replace("<s>", "", StringComparison.Ordinal), tokenizer.Decode(tokenizer.EncodePrompt(text)));
    }

    [SharedDataTheory]
    [InlineData("hooo", "1 270 347 334")]
    [InlineData("food", "1 272 347 279")]
    [InlineData("ooooo", "1 347 347 334")]
    public void A_user_defined_piece_is_matched_before_anything_merges(string text, string ids) =>
        Same(ids, Typed(347, GgufTokenType.UserDefined), text);

    [SharedDataTheory]
    [InlineData("<|tag▁x|>he", "1 300 281")]
    [InlineData("he <|tag▁x|> he", "1 281 410 300 410 281")]
    public void A_user_defined_piece_is_one_id_and_its_text_as_written(string text, string ids)
    {
        var tokenizer = Typed(300, GgufTokenType.UserDefined, "<|tag▁x|>");
        Same(ids, tokenizer, text);
        Assert.Equal("<|tag▁x|>", tokenizer.Decode([300]));
    }

    [SharedDataFact]
    public void An_unknown_piece_may_be_typed_as_control()
    {
        var tokenizer = Typed(0, GgufTokenType.Control);
        Same("1 270 347 414", tokenizer, "hooo");
        Assert.Equal("", tokenizer.Decode([0]));
    }

    [SharedDataFact]
    public void A_type_that_the_format_does_not_have_is_refused() =>
        Assert.Contains(
            "unknown type 7", Assert.Throws<FileException>(() => Typed(300, (GgufTokenType)7)).Message, StringComparison.Ordinal);

    [SharedDataFact]
    public void Begin_and_end_are_those_of_llama_cpp_where_the_file_does_not_say()
    {
        var tokenizer = Small(values =>
        {
            values.Remove("tokenizer.ggml.bos_token_id");
            values.Remove("tokenizer.ggml.eos_token_id");
            values["tokenizer.ggml.eom_token_id"] = 7u;
        });
        Same("1 270 347 414", tokenizer, "hooo");
        Assert.Equal([2, 7], tokenizer.EndTokens);
    }

    [SharedDataTheory]
    [InlineData("tokenizer.ggml.add_eos_token", true)]
    [InlineData("tokenizer.ggml.add_sep_token", true)]
    [InlineData("tokenizer.ggml.remove_extra_whitespaces", true)]
    [InlineData("tokenizer.ggml.precompiled_charsmap", "x")]
    [InlineData("tokenizer.ggml.something_new", 1u)]
    public void A_key_that_changes_the_ids_is_refused_by_name(string key, object value) =>
        Assert.Contains(
            $"\"{key}\"", Assert.Throws<FileException>(() => Small(values => values[key] = value)).Message, StringComparison.Ordinal);

    [SharedDataFact]
    public void A_vocabulary_without_a_model_is_a_tokenizer_padded_or_not()
    {
        var path = EditedGguf.Write(EditedGguf.Small, folder.File("vocabulary.gguf"), _ => { }, tensors: false);
        Same("1 270 347 414", TokenizerFile.Load(path), "hooo");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. whole, .. new byte[(32 - whole.Length % 32) % 32]]);
        Same("1 270 347 414", TokenizerFile.Load(path), "hooo");
        File.WriteAllBytes(path, whole[..^1]);
        Assert.Throws<FileException>(() => TokenizerFile.Load(path));
        File.WriteAllBytes(path, [.. whole, .. new byte[64]]);
        Assert.Throws<FileException>(() => TokenizerFile.Load(path));
    }

    /// <summary>
    /// As in llama.cpp: with this pattern, prompts begin with the begin token unless the file says otherwise; with GPT-2's or SmolLM's they
    /// do not.
    /// </summary>
    [Theory]
    [InlineData("llama-bpe", null, true)]
    [InlineData("llama3", null, true)]
    [InlineData("llama-v3", null, true)]
    [InlineData("llama-bpe", false, false)]
    [InlineData("gpt-2", null, false)]
    [InlineData("smollm", null, false)]
    [InlineData("gpt-2", true, true)]
    public void The_begin_token_comes_before_a_prompt_where_llama_cpp_puts_it(string pattern, bool? said, bool expected)
    {
        var tokenizer = TokenizerFile.Load(EditedGguf.Write(Bytes(), folder.File("y.gguf"), values =>
        {
            values["tokenizer.ggml.pre"] = pattern;
            values["tokenizer.ggml.bos_token_id"] = (uint)TinyBpe.End;
            values.Remove("tokenizer.ggml.add_bos_token");
            if (said is { } add)
                values["tokenizer.ggml.add_bos_token"] = add;
        }));
        Assert.Equal(expected ? [TinyBpe.End, TinyBpe.Hello] : [TinyBpe.Hello], tokenizer.EncodePrompt("hello"));
    }

    [Fact]
    public void A_space_before_byte_level_text_is_refused_by_name() => Assert.Contains("add_space_prefix",
        Assert.Throws<FileException>(() => TokenizerFile.Load(
        EditedGguf.Write(Bytes(), folder.File("y.gguf"), values => values["tokenizer.ggml.add_space_prefix"] = true))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_third_end_token_survives_export_and_a_fourth_is_refused()
    {
        var tokenizer = WithEnds("[261, 262, 3]");
        Assert.Equal([TinyBpe.End, TinyBpe.Tag, 3], TokenizerFile.Load(Export(tokenizer)).EndTokens);
        Assert.Contains(
            "4 end tokens", Assert.Throws<CourseException>(() => Export(WithEnds("[261, 262, 3, 4]"))).Message, StringComparison.Ordinal);
    }

    private ITokenizer WithEnds(string ends)
    {
        File.WriteAllText(folder.File("config.json"), $$"""{ "eos_token_id": {{ends}} }""");
        return TokenizerFile.Load(TinyBpe.Json().Write(folder));
    }

    /// <summary>A byte-level vocabulary in a file.</summary>
    private string Bytes() => Export(TokenizerFile.Load(TinyBpe.Json().Write(folder)));

    private string Export(ITokenizer tokenizer)
    {
        var c = SmallModel.Shape(
            vocabulary: tokenizer.VocabularySize, width: 2, hidden: 2, layers: 1, heads: 1, keyValueHeads: 1, headWidth: 2);
        using var scope = NewDisposeScope();
        GgufExport.Write(folder.File("bytes.gguf"), c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), GgufType.F32, tokenizer);
        return folder.File("bytes.gguf");
    }
}
