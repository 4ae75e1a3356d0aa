using Course.Inference.Families.Llama;
using Course.Training.Corpora;
using Course.Training.Runs;
using static TorchSharp.torch;

namespace Course.Training.Tests.Runs;

/// <summary>
/// A run of about a second on text with a pattern: every document counts up from a random number, modulo the vocabulary size.
/// </summary>
internal static class SmallRun
{
    public static LlamaConfiguration Shape { get; } = new()
    {
        VocabularySize = 17,
        Width = 16,
        Layers = 2,
        QueryHeads = 2,
        KeyValueHeads = 1,
        HeadWidth = 8,
        HiddenWidth = 32,
        ContextLength = 16,
        TiedEmbeddings = true,
    };

    public static Recipe Recipe { get; } = new()
    {
        Steps = 20,
        Rows = 4,
        Window = 12,
        Dropout = 0.1,
        EvaluateEvery = 10,
        EvaluateWindows = 4,
        Optimizer = new() { WarmUp = 5 },
    };

    public static int[][] Documents { get; } =
        [.. Enumerable.Range(0, 60).Select(d => Enumerable.Range(0, 20).Select(i => 1 + (7 * d + i) % 16).ToArray())];

    public static int[] HeldOut { get; } = [.. Documents.Take(10).SelectMany(document => document.Reverse().Reverse().Prepend(0))];

    public static TrainableLlama Model(long seed = 1) => TrainableLlama.Initialize(Shape, seed, CPU, halfProducts: false);

    public static TrainingRun Of(TrainableLlama model, string folder, Recipe? recipe = null, Objective? objective = null) => new(
        recipe ?? Recipe, model, objective ?? Objectives.NextToken,
        new Mixture(new TokenSource(Documents, 0, (recipe ?? Recipe).Window + 1, 1), null, 1), HeldOut, new RunFolder(folder));

    public sealed class CancelAt(int step, CancellationTokenSource source) : ITrainingProgress
    {
        public void Stepped(RunState state, double loss)
        {
            if (state.Step == step)
                source.Cancel();
        }

        public void Measured(RunState state, HistoryPoint point)
        {
        }
    }

    public sealed class Silent : ITrainingProgress
    {
        public void Stepped(RunState state, double loss)
        {
        }

        public void Measured(RunState state, HistoryPoint point)
        {
        }
    }
}
