using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tokenization;
using Course.Training.Corpora;
using Course.Training.Evaluation;
using Course.Training.Pairs;
using Course.Training.Runs;
using static TorchSharp.torch;

namespace Course.Training.Tests.Pairs;

/// <summary>The cards in <c>data/models</c> describe the files beside them correctly.</summary>
public class BundledPairTests
{
    private static readonly PairFolder Pair = new(Path.GetDirectoryName(Bundled.Target)!);

    [Fact]
    public void Both_models_load_and_share_one_vocabulary()
    {
        using LlamaModel target = Models.LoadReadable(Pair.Target), draft = Models.LoadReadable(Pair.Draft);

        foreach (var (plan, model) in new[] { (PairPreset.Bundled.Target, target), (PairPreset.Bundled.Draft, draft) })
            Assert.Equal(plan.Shape with { EndTokens = model.Configuration.EndTokens }, model.Configuration);
        Assert.Equal(
            File.ReadAllText(Path.Combine(Pair.Target, PairFolder.TokenizerName)),
            File.ReadAllText(Path.Combine(Pair.Draft, PairFolder.TokenizerName)));
        Pair.Tokenizer().RequireFits(target, Pair.Target).RequireFits(draft, Pair.Draft);
        Assert.All(PairReport.CostOf(draft, target), cost => Assert.True(cost.Flops <= 0.125 && cost.Bytes <= 0.125, $"{cost}"));
    }

    [Fact]
    public void The_weights_are_those_of_cards_and_report()
    {
        var report = PairReport.Read(Pair.PairFile);

        Assert.Equal(report.TargetSha256, PairEvaluator.Sha256(Pair.Target));
        Assert.Equal(report.DraftSha256, PairEvaluator.Sha256(Pair.Draft));
        foreach (var model in new[] { Pair.Target, Pair.Draft })
            Assert.Contains(
                PairEvaluator.Sha256(model), File.ReadAllText(Path.Combine(model, PairFolder.CardName)), StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void The_held_out_loss_is_the_recorded_one()
    {
        var text = EncodedCorpus.Of(Corpus.Read(SharedData.Path("data", "corpora")) with { Stories = [], Books = [] }, Pair.Tokenizer());
        foreach (var model in new[] { Pair.Target, Pair.Draft })
        {
            using var scope = NewDisposeScope();
            var (shape, tensors) = Checkpoint.Read(model);
            using var llama = TrainableLlama.From(shape, tensors, CPU);
            var record = TrainingRecord.Read(model);
            var recipe = record.Recipe;

            var loss = HeldOutLoss.Measure(llama.ForwardExactly, text.HeldOut, recipe.Window, recipe.EvaluateWindows, CPU);

            // The same windows as at the end of the run, but the weights were rounded to bfloat16 afterwards.
            Assert.Equal(record.History.Single(point => point.Step == record.KeptStep).HeldOutLoss, loss.NatsPerToken, 0.01);
        }
    }
}
