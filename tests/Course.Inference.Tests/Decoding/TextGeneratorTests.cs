using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Tests.Checkpoints.HuggingFace;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Decoding;

public sealed class TextGeneratorTests : IDisposable
{
    private const int Vocabulary = TinyBpe.Tag + 1;
    private readonly TemporaryFolder folder = new();
    private readonly ITokenizer tokenizer;

    public TextGeneratorTests()
    {
        File.WriteAllText(folder.File("config.json"), $$"""{ "bos_token_id": {{TinyBpe.End}}, "eos_token_id": {{TinyBpe.End}} }""");
        tokenizer = TokenizerFile.Load(TinyBpe.Json().Write(folder));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A model that writes a text, whatever the prompt of one token, and then goes on with the end token.</summary>
    private static TableModel Writing(string text) => new(Vocabulary, 256, sequence =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var logits = new float[Vocabulary];
        logits[sequence.Count <= bytes.Length ? bytes[sequence.Count - 1] : TinyBpe.End] = 1;
        return logits;
    });

    private GenerationRun Generate(string text, int maxTokens = 100, CancellationToken cancellation = default, params string[] stopTexts) =>
        new TextGenerator(tokenizer, new CachedDecoder(Writing(text))).Generate(
            "", new() { MaxTokens = maxTokens, Sampling = SamplingOptions.Greedy }, new SeededRandomness(0), stopTexts, cancellation);

    [Fact]
    public void Text_streams_in_whole_characters_until_the_end_token_which_has_none()
    {
        var run = Generate("a🦙é");

        Assert.Equal(["a", "🦙", "é"], run);
        Assert.Equal("a🦙é", run.Text);
        Assert.Equal(StopReason.EndToken, run.Decoding.Stopped);
        Assert.Equal(TinyBpe.End, run.Decoding.Tokens[^1].Token);
        Assert.Equal([TinyBpe.End], run.Decoding.Prompt); // an empty prompt is the begin token alone
    }

    [Fact]
    public void A_limit_in_the_middle_of_a_character_leaves_a_replacement() =>
        Assert.Equal("a\uFFFD", string.Concat(Generate("a🦙", maxTokens: 3)));

    [Fact]
    public void A_stop_text_ends_the_run_even_with_the_last_token_and_is_not_handed_out()
    {
        var run = Generate("one. two. three", maxTokens: 9, stopTexts: ". t");

        Assert.Equal("one", string.Concat(run));
        Assert.Equal(StopReason.StopText, run.Decoding.Stopped);
        Assert.Equal(6, run.Decoding.Tokens.Count);
        Assert.Equal(StopReason.StopText, Enumerate(Generate("ab", maxTokens: 2, stopTexts: "b")).Decoding.Stopped);
        Assert.Throws<CourseException>(() => Generate("a", stopTexts: ""));
    }

    [Fact]
    public void Cancelling_keeps_the_text_until_then()
    {
        using var cancellation = new CancellationTokenSource();
        var run = Generate("abcdef", cancellation: cancellation.Token);
        foreach (var piece in run)
            if (piece == "c")
                cancellation.Cancel();

        Assert.Equal("abc", run.Text);
        Assert.Equal(StopReason.Cancelled, run.Decoding.Stopped);
    }

    [Fact]
    public void A_stop_token_of_the_caller_stops_beside_the_end_token_and_is_silent()
    {
        var generator = new TextGenerator(tokenizer, new NaiveDecoder(Writing("ab\ncd")));
        var run = generator.Generate("", new() { Sampling = SamplingOptions.Greedy, StopTokens = ['\n'] }, new SeededRandomness(0));

        Assert.Equal("ab", string.Concat(run));
        Assert.Equal('\n', run.Decoding.Tokens[^1].Token);
    }

    private static GenerationRun Enumerate(GenerationRun run)
    {
        foreach (var _ in run)
        {
        }
        return run;
    }
}
