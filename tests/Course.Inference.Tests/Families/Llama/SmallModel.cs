using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Families.Llama;

/// <summary>Small models with random weights, for both the library and the naive forward pass.</summary>
internal static class SmallModel
{
    public static LlamaConfiguration Shape(
        int vocabulary = 37, int width = 24, int hidden = 33, int layers = 2, int heads = 4, int keyValueHeads = 2, int headWidth = 6,
        int context = 48, bool tied = false) => new()
        {
            VocabularySize = vocabulary,
            Width = width,
            HiddenWidth = hidden,
            Layers = layers,
            QueryHeads = heads,
            KeyValueHeads = keyValueHeads,
            HeadWidth = headWidth,
            ContextLength = context,
            TiedEmbeddings = tied,
        };

    /// <summary>Uniform weights of variance 1/in, so that activations keep their magnitude; gains around one.</summary>
    public static Dictionary<string, float[]> Weights(LlamaConfiguration c, int seed)
    {
        var random = new Random(seed);
        float Centred() => 2 * random.NextSingle() - 1;
        return LlamaLayout.Of(c).ToDictionary(slot => slot.Name, slot =>
        {
            var scale = MathF.Sqrt(3f / slot.Shape[^1]);
            return Enumerable.Range(0, (int)slot.Count).Select(_ => slot.Shape.Count == 1 ? 1 + 0.2f * Centred() : scale * Centred())
                .ToArray();
        });
    }

    public static Dictionary<string, Tensor> Tensors(LlamaConfiguration c, Dictionary<string, float[]> weights) =>
        LlamaLayout.Of(c).ToDictionary(slot => slot.Name, slot => tensor(weights[slot.Name], [.. slot.Shape]));

    public static LlamaModel Build(LlamaConfiguration c, int seed = 1) => new(c, Tensors(c, Weights(c, seed)), CPU);

    public static int[] RandomTokens(LlamaConfiguration c, int count, int seed = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(c.VocabularySize))];
    }
}
