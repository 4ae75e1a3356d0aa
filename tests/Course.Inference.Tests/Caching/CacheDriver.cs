using Course.Inference.Caching;
using Course.Inference.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Caching;

/// <summary>Appends to a cache as a model does, with vectors that can be told apart: a token's follow from its number, the layer, the head and the place.</summary>
internal static class CacheDriver
{
    public static float Key(int token, int layer, int head, int i) => MathF.Sin(token * 7.31f + layer * 3.7f + head * 1.9f + i * 0.61f);

    public static float Value(int token, int layer, int head, int i) => 1 + Key(token + 100_000, layer, head, i);

    /// <summary>Appends, and holds all that each layer then returns against the tokens that the rows should hold.</summary>
    public static void Append(IModelCache cache, LlamaConfiguration c, IReadOnlyList<int[]> added, IReadOnlyList<IReadOnlyList<int>> expected, double tolerance = 0)
    {
        using var scope = NewDisposeScope();
        var rows = new PackedRows([.. added.Select(row => row.Length)]);
        int[] tokens = [.. added.SelectMany(row => row)];
        cache.Reserve(rows);
        var places = new TokenPlaces(rows, cache, CPU);
        for (var layer = 0; layer < c.Layers; layer++)
        {
            var (keys, values) = ((ITensorCache)cache).Append(layer, Vectors(c, tokens, layer, Key), Vectors(c, tokens, layer, Value), places);
            Assert.Equal([expected.Count, c.KeyValueHeads, expected.Where((_, row) => added[row].Length > 0).Max(row => row.Count), c.HeadWidth], keys.shape);
            AssertHolds(keys, c, expected, layer, Key, tolerance);
            AssertHolds(values, c, expected, layer, Value, tolerance);
        }
        cache.Advance(rows);
    }

    private static Tensor Vectors(LlamaConfiguration c, int[] tokens, int layer, Func<int, int, int, int, float> element) => tensor(
        [.. from token in tokens from head in Enumerable.Range(0, c.KeyValueHeads) from i in Enumerable.Range(0, c.HeadWidth) select element(token, layer, head, i)],
        [tokens.Length, c.KeyValueHeads, c.HeadWidth]);

    private static void AssertHolds(
        Tensor held, LlamaConfiguration c, IReadOnlyList<IReadOnlyList<int>> expected, int layer, Func<int, int, int, int, float> element, double tolerance)
    {
        var all = held.contiguous().data<float>().ToArray();
        var longest = (int)held.shape[2];
        Assert.All(all, x => Assert.True(float.IsFinite(x)));
        for (var row = 0; row < expected.Count; row++)
            for (var s = 0; s < Math.Min(longest, expected[row].Count); s++)
                for (var head = 0; head < c.KeyValueHeads; head++)
                    for (var i = 0; i < c.HeadWidth; i++)
                        Assert.Equal(element(expected[row][s], layer, head, i), all[((row * c.KeyValueHeads + head) * longest + s) * c.HeadWidth + i], tolerance);
    }
}
