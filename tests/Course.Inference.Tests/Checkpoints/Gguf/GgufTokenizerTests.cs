using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Tests.Families.Llama;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.Gguf;

public sealed class GgufTokenizerTests : IDisposable
{
    private static readonly string[] Texts = [
        "Once upon a time, there was a girl.", "  two  spaces\nand a line\n\n", "naïve 𝒜 12345 don't", "<|endoftext|>x", ""
    ];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static void Same(ITokenizer expected, ITokenizer actual)
    {
        foreach (var text in Texts)
        {
            Assert.Equal(expected.Encode(text), actual.Encode(text));
            Assert.Equal(expected.EncodePrompt(text), actual.EncodePrompt(text));
            Assert.Equal(expected.Decode(expected.Encode(text)), actual.Decode(expected.Encode(text)));
        }

        Assert.Equal(expected.BeginToken, actual.BeginToken);
        Assert.Equal(expected.EndTokens, actual.EndTokens);
        Assert.Equal((expected.VocabularySize, expected.AddsLeadingSpace), (actual.VocabularySize, actual.AddsLeadingSpace));
    }

    private string Export(ITokenizer tokenizer)
    {
        var c = SmallModel.Shape(
            vocabulary: tokenizer.VocabularySize, width: 2, hidden: 2, layers: 1, heads: 1, keyValueHeads: 1, headWidth: 2);
        using var scope = NewDisposeScope();
        GgufExport.Write(folder.File("x.gguf"), c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), GgufType.F32, tokenizer);
        return folder.File("x.gguf");
    }

    [Fact]
    public void The_bundled_tokenizer_survives_a_file()
    {
        var tokenizer = TokenizerFile.Load(Bundled.Target);
        Same(tokenizer, TokenizerFile.Load(Export(tokenizer)));
    }

    [SharedDataFact]
    public void A_tokenizer_of_pieces_survives_a_file()
    {
        var tokenizer = TokenizerFile.Load(SharedData.Path("data", "models", "stories260K", "tok512.bin"));
        Same(tokenizer, TokenizerFile.Load(Export(tokenizer)));
    }

    [SharedDataFact]
    public void The_vocabulary_of_a_file_that_others_wrote_encodes_as_the_original()
    {
        var (original, gguf) = (
            TokenizerFile.Load(SharedData.Path("data", "models", "stories260K", "tok512.bin")),
            TokenizerFile.Load(SharedData.Path("data", "models", "stories260K", "stories260K.gguf")));
        foreach (var text in Texts)
            Assert.Equal(original.EncodePrompt(text), gguf.EncodePrompt(text));
    }

    [Fact]
    public void A_file_without_a_tokenizer_and_a_tokenizer_larger_than_the_model_are_refused()
    {
        var c = SmallModel.Shape();
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 1));
        GgufExport.Write(folder.File("x.gguf"), c, tensors, GgufType.F32);
        Assert.Contains(
            "without a tokenizer", Assert.Throws<FileException>(() => TokenizerFile.Load(folder.File("x.gguf"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("do not belong together", Assert.Throws<CourseException>(
            () => GgufExport.Write(folder.File("y.gguf"), c, tensors, GgufType.F32, TokenizerFile.Load(Bundled.Target))).Message,
            StringComparison.Ordinal);
    }
}
