using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Checkpoints.Llama2c;

public sealed class Llama2cTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static ITokenizer Tok512() => TokenizerFile.Load(SharedData.Path("data", "models", "stories260K", "tok512.bin"));

    /// <summary>The expected ids are those of llama.cpp's llama_tokenize for the same model's GGUF file.</summary>
    [SharedDataTheory]
    [InlineData("Hello", "1 346 306 414")]
    [InlineData("Once upon a time", "1 403 407 261 378")]
    [InlineData(" two  spaces ", "1 410 259 424 414 410 262 427 412 331 419 410")]
    [InlineData("\n\n", "1 410 13 13")]
    [InlineData("héllo 😀 ▁ x", "1 270 485 306 414 410 243 162 155 131 410 410 410 444")]
    [InlineData("hooo", "1 270 347 414")] // two merges of equal score: the leftmost first
    [InlineData("    aaaa", "1 410 410 410 410 261 412 412 412")]
    [InlineData("======", "1 410 64 64 64 64 64 64")]
    [InlineData("llllll tttt eeeee", "1 278 306 306 421 259 413 413 413 344 411 411 411 411")]
    [InlineData("日本語", "1 410 233 154 168 233 159 175 235 173 161")]
    [InlineData("", "1")]
    public void Ids_are_those_of_llama_cpp(string text, string ids)
    {
        Assert.Equal(ids, string.Join(' ', Tok512().EncodePrompt(text)));
        Assert.Equal(text.Replace('▁', ' '), Tok512().Decode(Tok512().EncodePrompt(text)));
    }

    /// <summary>As in llama.cpp when it parses special tokens: after one, a space is added again, as at the start.</summary>
    [SharedDataTheory]
    [InlineData("The <s> is 3.14!", "1 291 410 1 410 410 293 410 472 426 475 484 443")]
    [InlineData("<unk>a</s>b", "1 0 261 2 268")]
    public void A_control_piece_that_text_spells_is_that_piece(string text, string ids) =>
        Assert.Equal(ids, string.Join(' ', Tok512().EncodePrompt(text)));

    [SharedDataFact]
    public void Begin_ends_a_story_too_and_neither_has_text()
    {
        Assert.Equal(512, Tok512().VocabularySize);
        Assert.Equal(1, Tok512().BeginToken);
        Assert.Equal([1, 2], Tok512().EndTokens.Order());
        Assert.Equal("", Tok512().Decode([0, 1, 2]));
        Assert.Equal("<s>", Tok512().Name(1));
    }

    [SharedDataFact]
    public void The_space_in_front_goes_only_at_the_start_of_a_text()
    {
        var tokens = Tok512().Encode("Once");

        Assert.Equal("Once", Tok512().Decode(tokens));
        Assert.Equal(" Once", string.Concat(tokens.Select(new TextStream(Tok512(), continues: true).Append)));
    }

    [SharedDataFact]
    public void The_tokenizer_beside_a_model_is_the_one_of_its_size()
    {
        var model = SharedData.Path("data", "models", "stories260K", "stories260K.bin");
        Assert.EndsWith("tok512.bin", TokenizerFile.Load(model).Source, StringComparison.Ordinal);

        File.Copy(model, folder.File("model.bin"));
        Assert.Contains(
            "no tokenizer.bin", Assert.Throws<FileException>(() => TokenizerFile.Load(folder.File("model.bin"))).Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("tok260.bin"), Pieces(260));
        var error = Assert.Throws<FileException>(() => TokenizerFile.Load(folder.File("model.bin")));
        Assert.Contains("tok260.bin with 260", error.Message, StringComparison.Ordinal);
        Assert.Contains("512", error.Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("tokenizer.bin"), Pieces(512));
        Assert.Equal(512, TokenizerFile.Load(folder.File("model.bin")).VocabularySize);
    }

    [Fact]
    public void The_best_scored_merge_comes_first()
    {
        // "abc" is a+bc or ab+c; the scores say which pair merges first.
        Assert.Equal([259, 264, 262], Load(Pieces(259, (" ", -9), ("a", -9), ("b", -9), ("c", -9), ("bc", -2), ("ab", -1))).Encode("abc"));
        Assert.Equal([259, 260, 263], Load(Pieces(259, (" ", -9), ("a", -9), ("b", -9), ("c", -9), ("bc", -1), ("ab", -2))).Encode("abc"));
    }

    [Fact]
    public void Every_truncation_is_refused_unless_it_ends_with_a_piece()
    {
        var whole = Pieces(262);
        for (var length = whole.Length - 1; length > whole.Length - 11; length--)
            AssertRefused(whole[..length]);
        AssertRefused([]);
        AssertRefused(whole[..100]);
    }

    [Theory]
    [InlineData(8, 2_000_000_000, "bytes")] // the first piece's length
    [InlineData(8, -1, "bytes")]
    [InlineData(8, 0, "bytes")]
    [InlineData(4, 0x7FC00000, "score")]   // NaN
    [InlineData(0, 2, "longest")]           // shorter than the pieces are
    public void Numbers_that_lie_are_refused(int at, int value, string named)
    {
        var bytes = Pieces(262);
        BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
        Assert.Contains(named, AssertRefused(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_that_stand_twice_are_no_utf8_or_no_bytes_where_bytes_belong_are_refused()
    {
        Assert.Contains("same", AssertRefused(Pieces(259, ("a", 0), ("a", 0))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "<0x00>", AssertRefused(Pieces(0, [.. Enumerable.Range(0, 300).Select(i => ($"p{i}", 0f))])).Message, StringComparison.Ordinal);
        var bytes = Pieces(262);
        bytes[12] = 0xFF; // first letter of the first piece
        Assert.Contains("piece 0", Assert.Throws<CourseException>(() => Load(bytes)).Message, StringComparison.Ordinal);
    }

    private ITokenizer Load(byte[] bytes)
    {
        File.WriteAllBytes(folder.File("tokenizer.bin"), bytes);
        return TokenizerFile.Load(folder.File("tokenizer.bin"));
    }

    private FileException AssertRefused(byte[] bytes)
    {
        var error = Assert.Throws<FileException>(() => Load(bytes));
        Assert.Contains(folder.File("tokenizer.bin"), error.Message, StringComparison.Ordinal);
        return error;
    }

    /// <summary>A tokenizer file of the usual 259 first pieces, numbered ones up to a count, and then the given ones.</summary>
    private static byte[] Pieces(int count, params (string Text, float Score)[] more)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(16);
        foreach (var (text, score) in Enumerable.Range(0, count).Select(id => (Text(id), 0f)).Concat(more))
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            writer.Write(score);
            writer.Write(utf8.Length);
            writer.Write(utf8);
        }
        return file.ToArray();
    }

    private static string Text(int id) => id switch
    {
        0 => "<unk>",
        1 => "\n<s>\n",
        2 => "\n</s>\n",
        < 259 => $"<0x{id - 3:X2}>",
        _ => $"piece{id}",
    };
}
