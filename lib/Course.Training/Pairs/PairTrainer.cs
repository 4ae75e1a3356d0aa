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
/// Makes a pair, step by step: the vocabulary, a small model on the text, the target grown from it, the draft on the target's answers.
/// </summary>
public sealed class PairTrainer(PairFolder folder, Corpus corpus, Device device)
{
    private const ScalarType StoredType = ScalarType.BFloat16;

    /// <summary>Learns the vocabulary from the training text and puts it beside both models.</summary>
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

    /// <summary>Grows the target from the seedling, unless the request names another model to begin with, and trains it on.</summary>
    public TrainingRecord TrainTarget(ModelPlan plan, RunRequest request, ITrainingProgress progress, CancellationToken cancel)
    {
        if (request.From is null && !TrainingRecord.Exists(folder.Seedling))
            throw new CourseException(
                $"{folder.Seedling} holds no trained model for the target to grow from. Train it first (course " +
                "train seedling), or name another (--from).");
        return Train(folder.Target, plan, Objectives.NextToken, request with { From = request.From ?? folder.Seedling }, progress, cancel);
    }

    /// <summary>Distils the draft from the finished target.</summary>
    public TrainingRecord TrainDraft(ModelPlan plan, RunRequest request, ITrainingProgress progress, CancellationToken cancel)
    {
        var (shape, tensors) = Checkpoint.Read(folder.Target);
        if (shape.VocabularySize != plan.Shape.VocabularySize)
            throw new CourseException(
                $"The target in {folder.Target} has {shape.VocabularySize} tokens and the draft shall have {plan.Shape.VocabularySize}; " +
                "a pair shares one vocabulary.");
        // The target does most of the work here, so it multiplies as the run does: what rounding moves in its law is far less
        // than what a draft misses.
        using var target = TrainableLlama.From(shape, tensors, device, plan.Recipe.HalfProducts);
        return Train(folder.Draft, plan, Objectives.Distil(target.Forward), request, progress, cancel);
    }

    private TrainingRecord Train(
        string model, ModelPlan plan, Objective objective, RunRequest request, ITrainingProgress progress, CancellationToken cancel)
    {
        var recipe = plan.Recipe.Validated();
        var tokenizer = folder.Tokenizer();
        if (tokenizer.VocabularySize != plan.Shape.VocabularySize)
            throw new CourseException(
                $"{tokenizer.Source} has {tokenizer.VocabularySize} tokens and the model shall have {plan.Shape.VocabularySize}. Train " +
                "the tokenizer again: course train tokenizer");
        var text = EncodedCorpus.Of(corpus, tokenizer);
        var home = new RunFolder(folder.RunOf(model));
        if (home.CanResume && !request.Resume)
            throw new CourseException(
                $"{home.Location} holds a run already. Go on with it (--resume), or delete the folder to begin anew.");

        using var llama = Begin(plan.Shape, recipe, request.From, tokenizer);
        using var run = new TrainingRun(
            recipe, llama, objective, text.Mix(recipe.Window, recipe.Seed, recipe.StoryShare), text.HeldOut, home);
        if (request.Resume && home.CanResume)
            run.Resume();
        var state = run.Train(progress, cancel: cancel);
        cancel.ThrowIfCancellationRequested();
        var kept = KeepBetter(llama, home, state, text.HeldOut, recipe.Window);
        var loss = Rounding.Measure(llama, StoredType, text.HeldOut, recipe.Window);
        var record = Record(state, kept, recipe, OriginOf(model, state, request), text, tokenizer, loss);
        Publish(model, llama, record);
        return record;
    }

    private TrainableLlama Begin(LlamaConfiguration shape, Recipe recipe, string? from, ITokenizer tokenizer)
    {
        if (from is null)
            return TrainableLlama.Initialise(shape, recipe.Seed, device, recipe.HalfProducts);
        using var scope = NewDisposeScope();
        var (smaller, tensors) = Checkpoint.Read(from);
        var words = TokenizerFile.Load(from);
        if (Enumerable.Range(0, tokenizer.VocabularySize)
            .Any(id => id >= words.VocabularySize || !tokenizer.Bytes(id).SequenceEqual(words.Bytes(id))))
            throw new CourseException(
                $"{words.Source} is another vocabulary than {tokenizer.Source}: the weights in {from} would stand for other tokens. Put " +
                "its tokenizer.json beside the models to be trained.");
        return new(shape, Growth.Grow(smaller, tensors, shape, recipe.Seed), device, recipe.HalfProducts);
    }

    /// <summary>
    /// The last weights, whose rate has come down to nothing, or those that a measurement on the way found best. Such a measurement sees
    /// few windows and has many tries, so one is sure to be lucky: between the two the whole text decides.
    /// </summary>
    /// <returns>The step of the weights that the model has from now on.</returns>
    private int KeepBetter(TrainableLlama llama, RunFolder home, RunState state, int[] heldOut, int window)
    {
        if (state.SinceBest == 0)
            return state.Step;
        double Loss() => HeldOutLoss.Measure(llama.ForwardExactly, heldOut, window, int.MaxValue, device).NatsPerToken;
        var last = Loss();
        home.LoadBest(llama.Tensors);
        if (Loss() < last)
            return state.Best!.Step;
        home.LoadLast(llama.Tensors);
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

    /// <summary>Where a model comes from: the commands that made it, and the trained model that it began with.</summary>
    private readonly record struct Origin(string Command, string? BeganWith);

    /// <summary>
    /// A run that had ended and was lengthened was made by all its commands, one that began with a model by that model's too.
    /// </summary>
    private static Origin OriginOf(string model, RunState state, RunRequest request)
    {
        if (request.Resume && TrainingRecord.Exists(model) && TrainingRecord.Read(model) is var before && before.Steps < state.Step)
            return new($"{before.Command}\n{request.Command}", before.BeganWith);
        if (request.From is not { } from)
            return new(request.Command, null);
        var told = TrainingRecord.Exists(from) ? TrainingRecord.Read(from) : null;
        return new(told is null ? request.Command : $"{told.Command}\n{request.Command}", Describe(from, told));
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
