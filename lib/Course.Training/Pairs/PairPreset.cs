using Course.Inference.Families.Llama;
using Course.Training.Runs;

namespace Course.Training.Pairs;

/// <summary>A model to train: its shape and its recipe.</summary>
public sealed record ModelPlan(LlamaConfiguration Shape, Recipe Recipe);

/// <summary>A target and a draft with one vocabulary, and the smaller model from which the target grows.</summary>
public sealed record PairPreset(int VocabularySize, ModelPlan Seedling, ModelPlan Target, ModelPlan Draft)
{
    /// <summary>
    /// The pair in <c>data/models</c>. The vocabulary is small, because the corpus has a million tokens, and rare tokens are not learnt.
    /// The target's 60 MB exceed the last-level cache of most processors: when weights come from memory, a forward pass over several tokens
    /// costs little more than one, and only then does speculation pay off. Most of the training is done at a third of the size. The draft
    /// costs at most an eighth of the target in FLOPs and in bytes at every context length.
    /// </summary>
    public static PairPreset Bundled { get; } = new(
        2048,
        new(Shape(2048, width: 256, layers: 6, heads: 8, keyValueHeads: 4, hidden: 768, context: 512),
            new()
            {
                Steps = 1750,
                StoryShare = 0.8,
                EvaluateEvery = 50,
                EvaluateWindows = 24,
                Optimizer = new() { WarmUp = 40, DescentShare = 0.43 }
            }),
        new(Shape(2048, width: 256, layers: 8, heads: 8, keyValueHeads: 4, hidden: 2048, context: 512),
            new()
            {
                Steps = 1000,
                StoryShare = 0.8,
                Dropout = 0.15,
                Seed = 3,
                EvaluateEvery = 50,
                EvaluateWindows = 24,
                Patience = 16,
                Optimizer = new() { MuonRate = 0.01, AdamRate = 1.5e-3, WarmUp = 40, DescentShare = 0.6 }
            }),
        new(Shape(2048, width: 128, layers: 2, heads: 4, keyValueHeads: 2, hidden: 256, context: 512),
            new()
            {
                Steps = 2500,
                Rows = 4,
                Seed = 2,
                StoryShare = 0.8,
                Dropout = 0,
                EvaluateEvery = 100,
                EvaluateWindows = 24,
                Optimizer = new() { WarmUp = 30, DescentShare = 0.8 }
            }));

    /// <summary>A tiny pair that trains in seconds, to check that everything works.</summary>
    public static PairPreset Smoke { get; } = new(
        320,
        new(Shape(320, width: 32, layers: 1, heads: 2, keyValueHeads: 1, hidden: 32, context: 64), SmokeRecipe),
        new(Shape(320, width: 32, layers: 2, heads: 2, keyValueHeads: 1, hidden: 64, context: 64), SmokeRecipe),
        new(Shape(320, width: 16, layers: 1, heads: 1, keyValueHeads: 1, hidden: 16, context: 64), SmokeRecipe with { Dropout = 0 }));

    private static Recipe SmokeRecipe => new()
    {
        Steps = 20,
        Rows = 4,
        Window = 32,
        EvaluateEvery = 10,
        EvaluateWindows = 4,
        Optimizer = new() { WarmUp = 5 },
    };

    private static LlamaConfiguration Shape(
        int vocabulary, int width, int layers, int heads, int keyValueHeads, int hidden, int context) => new()
        {
            VocabularySize = vocabulary,
            Width = width,
            Layers = layers,
            QueryHeads = heads,
            KeyValueHeads = keyValueHeads,
            HeadWidth = width / heads,
            HiddenWidth = hidden,
            ContextLength = context,
            TiedEmbeddings = true,
            BeginToken = 0,
            EndTokens = [0],
        };
}
