using System.CommandLine;
using Course.Cli.Training;
using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Devices;
using Course.Training.Corpora;
using Course.Training.Evaluation;
using Course.Training.Pairs;
using Course.Training.Runs;
using Spectre.Console;

namespace Course.Cli.Verbs;

/// <summary>`course train`: trains the bundled pair, or one like it. Without the name of a step, all steps run in order.</summary>
internal static class TrainVerb
{
    /// <summary>An optimiser step of the bundled target takes seconds, and so does writing the checkpoint at an interrupt.</summary>
    private const double GraceSeconds = 20;

    public static Command Build()
    {
        var options = new TrainOptions();
        var command = new VerbCommand(
            "train", "Make tokenizer, target and draft; measure the pair; write its cards: everything, or one step.", GraceSeconds);
        options.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() => RunAll(options.Read(parsed, "train"), cancel), cancel));
        command.Add(Step("tokenizer", "Learn the vocabulary.", (job, _) => Tokenizer(job)));
        command.Add(Step("seedling", "Train the small model that the target grows from.", Seedling));
        command.Add(Step("target", "Grow the target from the seedling and continue its training.", Target));
        command.Add(Step("draft", "Distil the draft from the target.", Draft));
        command.Add(
            Step("evaluate", "Measure how often the target accepts the draft's tokens; writes pair.json.", (job, _) => Evaluate(job)));
        command.Add(Step(
            "corpus", "Let a model (--from; the bundled target by default) write a small corpus into --corpus, to try training.",
            SampleCorpus));
        command.Add(Step("card", "Write the model cards.", (job, _) => Card(job)));
        return command;

        Command Step(string name, string description, Action<TrainJob, CancellationToken> act)
        {
            var step = new VerbCommand(name, description, GraceSeconds);
            // Not on the command line's own thread: Ctrl+C asks the loop to stop, and --resume continues from its last checkpoint.
            step.SetAction((parsed, cancel) => Task.Run(() => act(options.Read(parsed, $"train {name}"), cancel), cancel));
            return step;
        }
    }

    private static void RunAll(TrainJob job, CancellationToken cancel)
    {
        job.RequireRoom(); // before learning a vocabulary that the existing models do not have
        Tokenizer(job);
        Seedling(job, cancel);
        Target(job, cancel);
        Draft(job, cancel);
        Evaluate(job);
        Card(job);
    }

    private static void Tokenizer(TrainJob job)
    {
        var tokenizer = Trainer(job).TrainTokenizer(job.Preset.VocabularySize);
        Terminal.Out.WriteLine($"{tokenizer.Source}: {tokenizer.VocabularySize} tokens");
    }

    private static void Seedling(TrainJob job, CancellationToken cancel) =>
        Train(job, "seedling", job.Preset.Seedling, trainer => trainer.TrainSeedling, cancel);

    private static void Target(TrainJob job, CancellationToken cancel) =>
        Train(job, "target", job.Preset.Target, trainer => trainer.TrainTarget, cancel);

    private static void Draft(TrainJob job, CancellationToken cancel) =>
        Train(job, "draft", job.Preset.Draft, trainer => trainer.TrainDraft, cancel);

    private static void Train(
        TrainJob job, string name, ModelPlan plan,
        Func<PairTrainer, Func<ModelPlan, RunRequest, ITrainingProgress, CancellationToken, TrainingRecord>> model,
        CancellationToken cancel) =>
        Tell(
            name, TrainingView.Show(Terminal.Out, name, plan.Recipe, progress => model(Trainer(job))(plan, job.Request, progress, cancel)));

    private static void Evaluate(TrainJob job)
    {
        var report = PairEvaluator.Measure(
            job.Folder, Corpus.Read(job.CorpusFolder), ComputeDevice.Resolve(job.Device), job.Request.Command);
        report.Write(job.Folder.PairFile);
        Terminal.Out.WriteLine(
            $"α {report.Sampling.Alpha:F4} ± {report.Sampling.StandardError:F4} at temperature 1, greedy agreement " +
            $"{report.Greedy.Alpha:F4} ± {report.Greedy.StandardError:F4}; {job.Folder.PairFile}");
    }

    private static void Card(TrainJob job)
    {
        foreach (var card in CardWriter.Write(job.Folder, ComputeDevice.Resolve(job.Device)))
            Terminal.Out.WriteLine(card);
    }

    private static void SampleCorpus(TrainJob job, CancellationToken cancel)
    {
        const int perOpening = 10;
        var from = job.Request.From ?? Bundled.Target;
        using var model = Models.Load(from, ComputeDevice.Resolve(job.Device));
        var written = new StorySampler(model, TokenizerFile.Load(from)).Write(
            job.CorpusFolder, Bundled.Openings, perOpening, job.Seed, cancel);
        Terminal.Out.WriteLine($"{job.CorpusFolder}: {written.Training} stories to train on, {written.HeldOut} held out");
    }

    private static PairTrainer Trainer(TrainJob job) => new(job.Folder, Corpus.Read(job.CorpusFolder), ComputeDevice.Resolve(job.Device));

    private static void Tell(string model, TrainingRecord record) =>
        Terminal.Out.WriteLine(
            $"{model}: step {record.KeptStep} of {record.Steps} kept: held-out loss {record.HeldOut.NatsPerToken:F4} nats per token, " +
            $"{record.BitsPerByte:F4} bits per byte");
}
