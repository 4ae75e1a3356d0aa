using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;
using TorchSharp;

namespace Course.Inference.Tests.Decoding;

/// <summary>The public path from files to text, on a really trained model of 260K parameters.</summary>
public sealed class RealModelTests
{
    private static readonly string Model = SharedData.Folder is null ? "" : SharedData.Path("data", "models", "stories260K", "stories260K.bin");
    private static readonly DecodingOptions Greedy = new() { MaxTokens = 200, Sampling = SamplingOptions.Greedy };

    [SharedDataFact]
    public void Greedy_decoding_from_begin_writes_the_published_200_steps_to_the_letter()
    {
        using var model = Models.LoadReadable(Model);
        var tokenizer = TokenizerFile.Load(Model).RequireFits(model, Model);
        var run = new TextGenerator(tokenizer, new CachedDecoder(model)).Generate("", Greedy, new SeededRandomness(0));

        var text = string.Concat(run);

        // The published file ends with the line end that the program prints after the text.
        Assert.Equal(File.ReadAllText(SharedData.Path("data", "models", "stories260K", "greedy-200-steps.txt")).TrimEnd('\n'), text);
        Assert.Equal(200, run.Decoding.Usage.Calls);
    }

    [SharedDataFact]
    public void Cached_and_naive_write_the_same()
    {
        using var model = Models.LoadReadable(Model);
        var prompt = TokenizerFile.Load(Model).EncodePrompt("Tom had a dog. The dog");
        foreach (var options in new DecodingOptions[] { Greedy with { MaxTokens = 40 }, new() { MaxTokens = 40 } })
        {
            int[] Tokens(IDecoder decoder) => [.. decoder.Decode(prompt, options, new SeededRandomness(11)).Select(token => token.Token)];
            Assert.Equal(Tokens(new NaiveDecoder(model)), Tokens(new CachedDecoder(model)));
        }
    }

    [SharedDataFact]
    public void Decoding_leaves_no_tensor_behind()
    {
        using var model = Models.LoadReadable(Model);
        long Live() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        void Decode(int steps) => Assert.Equal(steps, new CachedDecoder(model).Decode([1], Greedy with { MaxTokens = steps }, new SeededRandomness(0)).Count());
        Decode(3);
        var before = Live();

        Decode(300);

        Assert.Equal(before, Live());
    }

    [SharedDataFact]
    public void A_tokenizer_of_another_model_is_refused_and_both_are_named()
    {
        using var model = Models.LoadReadable(Model);
        var gpt2 = TokenizerFile.Load(SharedData.Path("data", "tokenizers", "gpt2"));

        var error = Assert.Throws<CourseException>(() => gpt2.RequireFits(model, Model));
        Assert.Contains("vocab.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("stories260K.bin", error.Message, StringComparison.Ordinal);
        Assert.Contains("50257", error.Message, StringComparison.Ordinal);
    }
}
