using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Decoding.Batching;

/// <summary>Batches on the bundled target: rounding differs with the number of rows, the tokens must not.</summary>
public sealed class BatchedModelTests : IDisposable
{
    private readonly LlamaModel model = Models.LoadReadable(Bundled.Target);

    public void Dispose() => model.Dispose();

    private static readonly string[] Texts =
    [
        "Once upon a time", "The", "Lily and Tom went to the big park near the river to play with their new red ball, but", "He said",
        "One day, a little dog", "It was raining and the cat", "\"Why are you sad?\" asked", "She wanted",
    ];

    private int[][] Prompts()
    {
        var tokenizer = TokenizerFile.Load(Bundled.Target).RequireFits(model, Bundled.Target);
        return [.. Texts.Select(text => tokenizer.EncodePrompt(text).ToArray())];
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    public void Greedy_output_of_every_row_equals_its_output_alone(int chunk)
    {
        var (prompts, options) = (Prompts(), new DecodingOptions { MaxTokens = 32, Sampling = SamplingOptions.Greedy, StopTokens = [.. model.Configuration.EndTokens] });
        var run = new BatchDecoder(model, feed: new() { PrefillChunk = chunk }).Decode(prompts, options, new SeededRandomness(1));

        Assert.Equal(Texts.Length, run.Select(token => token.Row).Distinct().Count());
        for (var row = 0; row < prompts.Length; row++)
            Assert.Equal(
                new CachedDecoder(model).Decode(prompts[row], options, new SeededRandomness(1)).Select(token => token.Token),
                run.Rows[row].Tokens.Select(token => token.Token));
    }

    [Fact]
    public void A_batch_that_outgrows_its_blocks_says_so_and_leaves_nothing()
    {
        model.Forward(TokenBatch.Of(1)); // makes the rotary table, which stays
        var before = LiveTensors.OfThisThread;
        var run = new BatchDecoder(model, feed: new() { Cache = new() { BlockTokens = 4, Blocks = 20 } }).Decode(Prompts(), new() { MaxTokens = 40 }, new SeededRandomness(1));

        Assert.Contains("of 20 blocks of 4 tokens left", Assert.Throws<CourseException>(() => run.Count()).Message, StringComparison.Ordinal);
        Assert.All(run.Rows, row => Assert.NotEmpty(row.Tokens)); // what came until then stands
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void A_batch_leaves_as_many_tensors_as_before()
    {
        void Decode() => Assert.Equal(8 * 6, new BatchDecoder(model).Decode(Prompts(), new() { MaxTokens = 6 }, new SeededRandomness(1)).Count());
        Decode();
        var before = LiveTensors.OfThisThread;
        Decode();
        Assert.Equal(before, LiveTensors.OfThisThread);
    }
}
