using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Families.Llama;
using Course.Inference.Tokenization;
using Course.Training.Corpora;
using Course.Training.Runs;
using Course.Training.Tokenizers;
using static TorchSharp.torch;

namespace Course.Training.Pairs;

/// <summary>
/// Trains a pair step by step: the vocabulary, a small model, the target grown from it, and the draft distilled from the target.
/// </summary>
public sealed class PairTrainer(PairFolder folder, Corpus corpus, Device device)
{
    private const ScalarType StoredType = ScalarType.BFloat16;

    /// <summary>Trains the tokenizer on the training text and writes it beside all models.</summary>
    public ITokenizer TrainTokenizer(int size)
    {
        var json = TokenizerWriter.ToJson(BytePairTrainer.Train(corpus.Training, size, [DocumentSplitter.EndOfText]));
        foreach (var model in new[] { folder.Seedling, folder.Target, folder.Draft })
        {
            AtomicFile.CreateFolder(model);
            WriteText(Path.Combine(model, PairFolder.TokenizerName), json);
        }
        return folder.Tokenizer();
    }

    public TrainingRecord TrainSeedling(ModelPlan plan, RunRequest request, ITrainingProgress progress, CancellationToken cancel) =>
        Train(folder.Seedling, plan, Objectives.NextToken, request, progress, cancel);

    /// <summary>Grows the target from the seedling, or from another model that the request names, and trains it further.</summary>
    public TrainingRecord TrainTarget(ModelPlan plan, RunRequest request, ITrainingProgress progress, CancellationToken cancel)
    {
        if (request.From is null && !TrainingRecord.Exists(folder.Seedling))
            throw new CourseException(
                $"{folder.Seedling} holds no trained model for the target to grow from. Train it first (course " +
                "train seedling), or name another (--from).");
        return Train(folder.Target, plan, Objectives.NextToken, request with { From = request.From ?? folder.Seedling }, progress, cancel);
    }

    /// <summary>Distils the draft from the trained target.</summary>
    public TrainingRecord TrainDraft(ModelPlan plan, RunRequest request, ITrainingProgress progress, CancellationToken cancel)
    {
        var (shape, tensors) = Checkpoint.Read(folder.Target);
        if (shape.VocabularySize != plan.Shape.VocabularySize)
            throw new CourseException(
                $"The target in {folder.Target} has {shape.VocabularySize} tokens, but the draft needs {plan.Shape.VocabularySize}: " +
                "a pair shares one vocabulary.");
        // The target does most of the work here, so it multiplies in the precision of the run. Rounding changes its distribution far less
        // than the draft's own error.
        using var target = TrainableLlama.From(shape, tensors, device, plan.Recipe.HalfProducts);
        return Train(folder.Draft, plan, Objectives.Distill(target.Forward), request, progress, cancel);
    }

    private TrainingRecord Train(
        string model, ModelPlan plan, Objective objective, RunRequest request, ITrainingProgress progress, CancellationToken cancel)
    {
        var recipe = plan.Recipe.Validated();
        var tokenizer = folder.Tokenizer();
        if (tokenizer.VocabularySize != plan.Shape.VocabularySize)
            throw new CourseException(
                $"{tokenizer.Source} has {tokenizer.VocabularySize} tokens, but the model needs {plan.Shape.VocabularySize}. Train " +
                "the tokenizer again: course train tokenizer");
        var text = EncodedCorpus.Of(corpus, tokenizer);
        var runFolder = new RunFolder(folder.RunOf(model));
        if (runFolder.CanResume && !request.Resume)
            throw new CourseException(
                $"{runFolder.Location} already contains a run. Continue it with --resume, or delete the folder to start again.");

        using var llama = Begin(plan.Shape, recipe, request.From, tokenizer);
        using var run = new TrainingRun(
            recipe, llama, objective, text.Mix(recipe.Window, recipe.Seed, recipe.StoryShare), text.HeldOut, runFolder);
        if (request.Resume && runFolder.CanResume)
            run.Resume();
        var state = run.Train(progress, cancel: cancel);
        cancel.ThrowIfCancellationRequested();
        var kept = KeepBetter(llama, runFolder, state, text.HeldOut, recipe.Window);
        var loss = Rounding.Measure(llama, StoredType, text.HeldOut, recipe.Window);
        var record = Record(state, kept, recipe, OriginOf(model, state, request), text, tokenizer, loss);
        Publish(model, llama, record);
        return record;
    }

    private TrainableLlama Begin(LlamaConfiguration shape, Recipe recipe, string? from, ITokenizer tokenizer)
    {
        if (from is null)
            return TrainableLlama.Initialize(shape, recipe.Seed, device, recipe.HalfProducts);
        using var scope = NewDisposeScope();
        var (smaller, tensors) = Checkpoint.Read(from);
        var otherTokenizer = TokenizerFile.Load(from);
        if (Enumerable.Range(0, tokenizer.VocabularySize)
            .Any(id => id >= otherTokenizer.VocabularySize || !tokenizer.Bytes(id).SequenceEqual(otherTokenizer.Bytes(id))))
            throw new CourseException(
                $"{otherTokenizer.Source} has another vocabulary than {tokenizer.Source}, so the weights in " +
                $"{from} would belong to other tokens. Put " +
                "its tokenizer.json beside the models to be trained.");
        return new(shape, Growth.Grow(smaller, tensors, shape, recipe.Seed), device, recipe.HalfProducts);
    }

    /// <summary>
    /// Chooses between the last weights, where the learning rate has reached zero, and the weights that were best in a measurement during
    /// the run. Such measurements use few windows, and the best of many is partly luck, so the loss on the whole held-out text decides.
    /// </summary>
    /// <returns>The step of the chosen weights, which the model has afterwards.</returns>
    private int KeepBetter(TrainableLlama llama, RunFolder runFolder, RunState state, int[] heldOut, int window)
    {
        if (state.SinceBest == 0)
            return state.Step;
        double Loss() => HeldOutLoss.Measure(llama.ForwardExactly, heldOut, window, int.MaxValue, device).NatsPerToken;
        var last = Loss();
        runFolder.LoadBest(llama.Tensors);
        if (Loss() < last)
            return state.Best!.Step;
        runFolder.LoadLast(llama.Tensors);
        return state.Step;
    }

    private TrainingRecord Record(
        RunState state, int kept, Recipe recipe, Origin origin, EncodedCorpus text, ITokenizer tokenizer,
        (HeldOutLoss Stored, RoundedLosses Comparison) loss) => new()
        {
            Command = origin.Command,
            BeganWith = origin.BeganWith,
            Recipe = recipe,
            Steps = state.Step,
            KeptStep = kept,
            Minutes = state.Seconds / 60,
            Sources = corpus.Files,
            HeldOutSource = corpus.HeldOutSource,
            StoryTokens = text.Stories.Sum(document => document.Length + 1),
            BookTokens = text.Books.Sum(document => document.Length + 1),
            HeldOut = loss.Stored,
            Rounding = loss.Comparison,
            HeldOutBytes = text.HeldOut.Skip(1).Take((int)loss.Stored.Tokens).Sum(id => (long)tokenizer.Bytes(id).Length),
            History = state.History,
        };

    private static string Describe(string from, TrainingRecord? record)
    {
        var shape = LlamaConfigurationFile.Read(Path.Combine(from, LlamaConfigurationFile.FileName));
        var trained = record is null
            ? ""
            : FormattableString.Invariant(
                $", trained on {record.TrainedTokens / 1e6:F1} M tokens to {record.HeldOut.NatsPerToken:F4} nats per token held out");
        return FormattableString.Invariant(
            $"{LlamaLayout.ParameterCount(shape):N0} parameters (L={shape.Layers}, SwiGLU width {shape.HiddenWidth}){trained}");
    }

    /// <summary>The commands that made a model, and the trained model with which it began.</summary>
    private readonly record struct Origin(string Command, string? BeganWith);

    /// <summary>
    /// Returns the origin of a model. The commands of an extended run include the earlier ones; those of a grown model include the commands
    /// of the model with which it began.
    /// </summary>
    private static Origin OriginOf(string model, RunState state, RunRequest request)
    {
        if (request.Resume && TrainingRecord.Exists(model) && TrainingRecord.Read(model) is var before && before.Steps < state.Step)
            return new($"{before.Command}\n{request.Command}", before.BeganWith);
        if (request.From is not { } from)
            return new(request.Command, null);
        var record = TrainingRecord.Exists(from) ? TrainingRecord.Read(from) : null;
        return new(record is null ? request.Command : $"{record.Command}\n{request.Command}", Describe(from, record));
    }

    private static void Publish(string model, TrainableLlama llama, TrainingRecord record)
    {
        Checkpoint.Save(model, llama.Configuration, llama.Tensors, StoredType);
        record.Write(model);
        var chart = LossChart.Of(
            $"Training the {Path.GetFileName(model)}", record.History, (long)record.Recipe.Rows * record.Recipe.Window);
        WriteText(Path.Combine(model, PairFolder.ChartName), chart.Svg);
    }

    private static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
