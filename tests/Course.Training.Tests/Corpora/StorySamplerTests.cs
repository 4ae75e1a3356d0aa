using Course.Inference.Checkpoints;
using Course.Inference.Modeling;
using Course.Inference.Tokenization;
using Course.Training.Corpora;
using Course.Training.Tokenizers;

namespace Course.Training.Tests.Corpora;

public sealed class StorySamplerTests : IDisposable
{
    private const double Ends = 0.2; // above what top-p cuts off
    private static readonly string[] Openings = ["aba", "bab", "aab", "bba", "abb"];

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_fourth_opening_is_held_out_and_not_used_in_training()
    {
        Sample("out", 1);

        Assert.All(StoriesOf("out", Corpus.HeldOutFile), story => Assert.StartsWith("bba", story, StringComparison.Ordinal));
        Assert.All(StoriesOf("out", StorySampler.TrainingFile), story => Assert.False(story.StartsWith("bba", StringComparison.Ordinal)));
        Assert.NotEmpty(StoriesOf("out", StorySampler.TrainingFile));
    }

    [Fact]
    public void The_same_seed_writes_the_same_stories_and_another_seed_writes_others()
    {
        Sample("one", 1);
        Sample("again", 1);
        Sample("other", 2);

        Assert.Equal(StoriesOf("one", StorySampler.TrainingFile), StoriesOf("again", StorySampler.TrainingFile));
        Assert.NotEqual(StoriesOf("one", StorySampler.TrainingFile), StoriesOf("other", StorySampler.TrainingFile));
    }

    [Fact]
    public void A_story_that_does_not_end_is_left_out()
    {
        var (training, heldOut) = Sampler(ends: 0).Write(folder.File("endless"), Openings, 3, 1);
        Assert.Equal((0, 0), (training, heldOut));
    }

    [Fact]
    public void On_cancellation_nothing_is_written()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Sampler(Ends).Write(folder.File("none"), Openings, 3, 1, cancelled.Token));
        Assert.False(Directory.Exists(folder.File("none")));
    }

    public void Dispose() => folder.Dispose();

    private void Sample(string name, ulong seed) => Sampler(Ends).Write(folder.File(name), Openings, 3, seed);

    private string[] StoriesOf(string name, string file) => File.ReadAllText(Path.Combine(folder.File(name), file))
        .Split(DocumentSplitter.EndOfText, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Writes the letters a and b with equal probability and ends each story with probability <paramref name="ends"/> a token.
    /// </summary>
    private StorySampler Sampler(double ends)
    {
        var tokenizer = Letters();
        var probabilities = new double[tokenizer.VocabularySize];
        probabilities[tokenizer.EndTokens[0]] = ends;
        foreach (var letter in new[] { "a", "b" })
            probabilities[tokenizer.Encode(letter)[0]] = (1 - ends) / 2;
        return new(TableModel.Constant(contextLength: 100, probabilities), tokenizer);
    }

    private ITokenizer Letters()
    {
        var file = folder.File("tokenizer.json");
        File.WriteAllText(file, TokenizerWriter.ToJson(BytePairTrainer.Train(["ab"], 257, [DocumentSplitter.EndOfText])));
        File.WriteAllText(folder.File("config.json"), """{"bos_token_id": 0, "eos_token_id": 0}"""); // where end tokens are found
        return TokenizerFile.Load(file);
    }
}
