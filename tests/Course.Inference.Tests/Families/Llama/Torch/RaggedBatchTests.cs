using Course.Inference.Caching;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;

namespace Course.Inference.Tests.Families.Llama.Torch;

/// <summary>Sequences of different lengths in one call, compared with a naive forward pass that knows no batches.</summary>
public sealed class RaggedBatchTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private static readonly LlamaConfiguration Shape = SmallModel.Shape(context: 40);
    private static readonly Dictionary<string, float[]> Weights = SmallModel.Weights(Shape, seed: 3);

    private readonly LlamaModel model = new(Shape, SmallModel.Tensors(Shape, Weights), TorchSharp.torch.CPU);

    public void Dispose() => model.Dispose();

    private static int[] Text(int seed, int length) => SmallModel.RandomTokens(Shape, length, seed);

    /// <summary>The logits of each text alone, token by token.</summary>
    private static double[][][] Expected(params int[][] texts) => [.. texts.Select(text =>
    {
        var (naive, row) = (new NaiveLlama(Shape, name => Weights[name]), new NaiveRow(Shape.Layers));
        return text.Select(token => naive.Next(row, token)).ToArray();
    })];

    [Fact]
    public void Without_a_cache_every_sequence_has_the_logits_it_has_alone()
    {
        int[][] texts = [Text(1, 5), Text(2, 1), Text(3, 12)];
        var logits = model.Forward(TokenBatch.Ragged(texts));
        var expected = Expected(texts);
        for (var row = 0; row < 3; row++)
            AssertNear(expected[row], 0, logits, row);
    }

    [Fact]
    public void Through_ragged_calls_rewinds_and_removals_every_sequence_continues_as_if_it_were_alone()
    {
        int[][] texts = [Text(1, 24), Text(2, 24), Text(3, 24), Text(4, 24)];
        var expected = Expected(texts);
        using var cache = model.CreateCache(4);
        var rows = Enumerable.Range(0, 4).ToList(); // which text each row of the cache is
        var fed = new int[4];
        void Feed(params int[] counts)
        {
            var logits = model.Forward(
                TokenBatch.Ragged([.. rows.Select((text, row) => texts[text][fed[text]..(fed[text] + counts[row])])]), cache);
            for (var row = 0; row < rows.Count; row++)
            {
                AssertNear(expected[rows[row]], fed[rows[row]], logits, row);
                fed[rows[row]] += counts[row];
                Assert.Equal(fed[rows[row]], cache.LengthOf(row));
            }
            Assert.Equal(rows.Max(text => fed[text]), cache.Length);
        }

        void Rewind(int row, int count)
        {
            cache.Rewind(row, count);
            fed[rows[row]] -= count;
        }

        void Remove(int row)
        {
            cache.Remove(row);
            rows.RemoveAt(row);
        }

        Feed(3, 1, 7, 2);
        Feed(1, 1, 1, 1);
        Feed(2, 5, 1, 3);
        Feed(0, 0, 2, 0);
        Feed(1, 0, 0, 2);
        Rewind(1, 6);
        Rewind(3, 1);
        Feed(1, 2, 4, 1);
        Remove(1);
        Feed(1, 1, 1);
        Remove(2);
        Feed(5, 1);
        Rewind(0, fed[0]);
        Feed(2, 3);
        Remove(0);
        Feed(1);
    }

    public static TheoryData<LogitsOf, int[]> Fewer =>
        new() { { LogitsOf.LastToken, [1, 1, 1] }, { LogitsOf.NoToken, [0, 0, 0] }, { LogitsOf.LastTokens([2, 0, 1]), [2, 0, 1] } };

    [Theory]
    [MemberData(nameof(Fewer), DisableDiscoveryEnumeration = true)]
    public void Fewer_logits_are_the_same_logits_and_fill_the_cache_alike(LogitsOf wanted, int[] counts)
    {
        var batch = TokenBatch.Ragged(Text(1, 4), Text(2, 9), Text(3, 1));
        using IKeyValueCache cache = model.CreateCache(3), other = model.CreateCache(3);
        var (all, some) = (model.Forward(batch, cache), model.Forward(batch, other, wanted));
        for (var row = 0; row < 3; row++)
        {
            Assert.Equal(counts[row], some.LengthOf(row));
            for (var answer = 0; answer < counts[row]; answer++)
                Near(all[row, all.LengthOf(row) - counts[row] + answer], some[row, answer]);
        }

        var next = TokenBatch.Ragged([1], [2], [3]);
        var (after, same) = (model.Forward(next, cache), model.Forward(next, other));
        for (var row = 0; row < 3; row++)
            Assert.Equal(after.Last(row).ToArray(), same.Last(row).ToArray());
    }

    [Fact]
    public void Without_a_cache_a_sequence_without_tokens_takes_no_part()
    {
        int[][] texts = [[], Text(1, 5), [], Text(3, 2)];
        var logits = model.Forward(TokenBatch.Ragged(texts));
        var expected = Expected(texts[1], texts[3]);
        AssertNear(expected[0], 0, logits, 1);
        AssertNear(expected[1], 0, logits, 3);
        Assert.Equal(0, logits.LengthOf(0));
    }

    [Fact]
    public void The_content_of_other_sequences_changes_no_bit()
    {
        Logits Second(int seed)
        {
            using var cache = model.CreateCache(3);
            model.Forward(TokenBatch.Ragged(Text(seed, 4), Text(9, 7), Text(seed + 1, 11)), cache);
            model.Forward(TokenBatch.Ragged(Text(seed + 2, 3), Text(8, 2), Text(seed + 3, 1)), cache);
            return model.Forward(TokenBatch.Ragged(Text(seed + 4, 1), [5], Text(seed + 5, 1)), cache);
        }

        Assert.Equal(Second(20).Last(1).ToArray(), Second(40).Last(1).ToArray());
    }

    /// <summary>Fresh memory may hold any value, even NaN, and a masked product would still multiply it by zero.</summary>
    [Fact]
    public void The_padding_after_a_shorter_sequence_is_never_seen_not_even_as_NaN()
    {
        using var cache = new ContiguousCache(
            Shape.CacheShape, 2, TorchSharp.torch.CPU, TorchSharp.torch.ScalarType.Float32)
        { Owner = model };
        Poison(cache);
        int[][] texts = [Text(1, 2), Text(2, 9)];
        var expected = Expected([.. texts[0], 1], [.. texts[1], 1]);
        model.Forward(TokenBatch.Ragged(texts), cache);
        var logits = model.Forward(new(2, 1, [1, 1]), cache);
        for (var row = 0; row < 2; row++)
            AssertNear(expected[row], texts[row].Length, logits, row);
    }

    private static unsafe void Poison(ICacheMemory memory)
    {
        for (var layer = 0; layer < Shape.Layers; layer++)
            for (var row = 0; row < memory.Rows; row++)
                for (var i = 0; i < Shape.KeyValueHeads * memory.BlockTokens * Shape.HeadWidth; i++)
                    memory.Keys(layer, row, 0)[i] = memory.Values(layer, row, 0)[i] = float.NaN;
    }

    [Fact]
    public void A_sequence_beyond_the_context_is_named_and_none_advances()
    {
        using var cache = model.CreateCache(2);
        model.Forward(TokenBatch.Ragged(Text(1, 3), Text(2, 39)), cache);
        var error = Assert.Throws<CourseException>(() => model.Forward(TokenBatch.Ragged([1], [2, 3]), cache));
        Assert.Contains("Row 1: 39 cached and 2 new tokens exceed this model's context of 40", error.Message, StringComparison.Ordinal);
        Assert.Equal((3, 39), (cache.LengthOf(0), cache.LengthOf(1)));
    }

    [Fact]
    public void Ragged_calls_leave_as_many_tensors_as_before()
    {
        using var cache = model.CreateCache(3);
        void Round()
        {
            model.Forward(TokenBatch.Ragged([1, 2], [3], [4, 5, 6]), cache);
            model.Forward(TokenBatch.Ragged([1], [3], [4]), cache, LogitsOf.LastToken);
            cache.Rewind(1, 1);
            cache.Rewind(1);
            cache.Rewind(0, cache.LengthOf(0));
            cache.Rewind(1, cache.LengthOf(1));
            cache.Rewind(2, cache.LengthOf(2));
        }

        Round();
        var before = LiveTensors.OfThisThread;
        for (var i = 0; i < 30; i++)
            Round();
        cache.Remove(0);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    /// <param name="expected">The expected logits of every token of the text.</param>
    /// <param name="from">The token to which the sequence's first logits belong.</param>
    /// <param name="logits">The logits of all sequences.</param>
    /// <param name="row">The sequence to compare.</param>
    private static void AssertNear(double[][] expected, int from, Logits logits, int row)
    {
        for (var t = 0; t < logits.LengthOf(row); t++)
            LogitsAssert.Near(expected[from + t], logits[row, t], $"row {row}, token {from + t}", Tolerance);
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        LogitsAssert.Near([.. expected.ToArray().Select(x => (double)x)], actual, "last", 1e-5);
}
