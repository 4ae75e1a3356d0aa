using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tokenization;
using Course.Training.Corpora;
using Course.Training.Evaluation;
using Course.Training.Pairs;
using Course.Training.Tests.Runs;
using static TorchSharp.torch;

namespace Course.Training.Tests.Pairs;

/// <summary>The complete path from text to cards, with a tiny corpus and tiny models.</summary>
public sealed class SmokePairTests : IDisposable
{
    private static readonly string[] Names = ["Tim", "Anna", "Ben", "Lily"], Things = ["ball", "tree", "cake", "boat", "dog"],
        Places = ["park", "house", "garden"];
    private static readonly Corpus Corpus = new(Stories(0, 200), Stories(1000, 40), Stories(5000, 160), ["tinystories_made_up.txt"]);
    private static readonly RunRequest Fresh = new(Resume: false, "train target --preset smoke");

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_pair_is_trained_measured_and_described()
    {
        var (pair, preset) = (new PairFolder(folder.Path), PairPreset.Smoke);
        var trainer = new PairTrainer(pair, Corpus, CPU);

        trainer.TrainTokenizer(preset.VocabularySize);
        var seedling = trainer.TrainSeedling(preset.Seedling, Fresh with { Command = "train seedling" }, new SmallRun.Silent(), default);
        var target = trainer.TrainTarget(preset.Target, Fresh, new SmallRun.Silent(), default);
        trainer.TrainDraft(preset.Draft, Fresh, new SmallRun.Silent(), default);
        PairEvaluator.Measure(pair, Corpus, CPU, "train evaluate").Write(pair.PairFile);
        var cards = CardWriter.Write(pair, CPU);

        using LlamaModel model = Models.LoadReadable(pair.Target), draft = Models.LoadReadable(pair.Draft);
        TokenizerFile.Load(pair.Target).RequireFits(model, pair.Target);
        TokenizerFile.Load(pair.Draft).RequireFits(draft, pair.Draft);
        Assert.True(target.History[^1].HeldOutLoss < seedling.History[^1].HeldOutLoss);
        Assert.True(seedling.History[^1].HeldOutLoss < Math.Log(preset.VocabularySize));
        Assert.Equal("train seedling\ntrain target --preset smoke", target.Command);
        Assert.Null(seedling.BeganWith);
        Assert.StartsWith(
            FormattableString.Invariant(
                $"{LlamaLayout.ParameterCount(preset.Seedling.Shape):N0} parameters (L=1, SwiGLU width 32), trained on"),
            target.BeganWith,
            StringComparison.Ordinal);
        Assert.InRange(target.Rounding.BFloat16, target.Rounding.Float32 - 0.05, target.Rounding.Float32 + 0.05);
        Assert.InRange(PairReport.Read(pair.PairFile).Sampling.Alpha, 0.01, 0.999);
        Assert.Contains(
            target.BeganWith!, File.ReadAllText(cards.Single(card => card.StartsWith(pair.Target, StringComparison.Ordinal))),
            StringComparison.Ordinal);
        Assert.All(cards,
            card => Assert.Contains(PairEvaluator.Sha256(Path.GetDirectoryName(card)!), File.ReadAllText(card), StringComparison.Ordinal));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(pair.Target, PairFolder.ChartName)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_run_is_not_overwritten()
    {
        var (trainer, plan) = (new PairTrainer(new(folder.Path), Corpus, CPU), Short(PairPreset.Smoke.Seedling));
        trainer.TrainTokenizer(PairPreset.Smoke.VocabularySize);
        trainer.TrainSeedling(plan, Fresh, new SmallRun.Silent(), default);

        var error = Assert.Throws<CourseException>(() => trainer.TrainSeedling(plan, Fresh, new SmallRun.Silent(), default));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extended_run_is_recorded_with_all_its_commands()
    {
        var (trainer, plan) = (new PairTrainer(new(folder.Path), Corpus, CPU), Short(PairPreset.Smoke.Seedling));
        trainer.TrainTokenizer(PairPreset.Smoke.VocabularySize);
        trainer.TrainSeedling(plan, new(false, "first"), new SmallRun.Silent(), default);

        var longer = trainer.TrainSeedling(
            plan with { Recipe = plan.Recipe with { Steps = 4 } }, new(true, "second"), new SmallRun.Silent(), default);

        Assert.Equal(("first\nsecond", 4), (longer.Command, longer.Steps));
    }

    [Fact]
    public void Without_a_tokenizer_there_is_no_training() =>
        Assert.Contains("course train tokenizer", Assert.Throws<CourseException>(
            () => new PairTrainer(new(folder.Path), Corpus, CPU)
                .TrainSeedling(PairPreset.Smoke.Seedling, Fresh, new SmallRun.Silent(), default)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_target_there_is_no_draft() =>
        Assert.ThrowsAny<CourseException>(
            () => new PairTrainer(new(folder.Path), Corpus, CPU).TrainDraft(PairPreset.Smoke.Draft, Fresh, new SmallRun.Silent(), default));

    [Fact]
    public void Without_a_seedling_there_is_no_target()
    {
        var trainer = new PairTrainer(new(folder.Path), Corpus, CPU);
        trainer.TrainTokenizer(PairPreset.Smoke.VocabularySize);

        var error = Assert.Throws<CourseException>(
            () => trainer.TrainTarget(PairPreset.Smoke.Target, Fresh, new SmallRun.Silent(), default));
        Assert.Contains("course train seedling", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_another_vocabulary_cannot_be_grown()
    {
        using var other = new TemporaryFolder();
        var capitals = Corpus with { Stories = [.. Corpus.Stories.Select(story => story.ToUpperInvariant())], Books = [] };
        var (trainer, stranger) = (
            new PairTrainer(new(folder.Path), Corpus, CPU), new PairTrainer(new(other.Path), capitals, CPU));
        trainer.TrainTokenizer(PairPreset.Smoke.VocabularySize);
        stranger.TrainTokenizer(PairPreset.Smoke.VocabularySize);
        stranger.TrainSeedling(Short(PairPreset.Smoke.Seedling), Fresh, new SmallRun.Silent(), default);

        var from = Fresh with { From = new PairFolder(other.Path).Seedling };
        var error = Assert.Throws<CourseException>(
            () => trainer.TrainTarget(PairPreset.Smoke.Target, from, new SmallRun.Silent(), default));
        Assert.Contains("another vocabulary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_of_another_size_is_rejected()
    {
        var trainer = new PairTrainer(new(folder.Path), Corpus, CPU);
        trainer.TrainTokenizer(300);

        var error = Assert.Throws<CourseException>(
            () => trainer.TrainSeedling(PairPreset.Smoke.Seedling, Fresh, new SmallRun.Silent(), default));
        Assert.Contains("has 300 tokens, but the model needs 320", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static ModelPlan Short(ModelPlan plan) => plan with { Recipe = plan.Recipe with { Steps = 2, EvaluateEvery = 2 } };

    private static string[] Stories(int from, int count) => [.. Enumerable.Range(from, count).Select(i =>
        $"Once upon a time, {Names[i % 4]} had a {Things[i % 5]} in the {Places[i % 3]}. " +
        $"{Names[i % 4]} loved the {Things[i % 5]} very much. One day {Names[i / 3 % 4]} came to the {Places[i / 7 % 3]} " +
        $"and said, \"Can I see the {Things[i % 5]}?\" They played all day and were happy.")];
}
