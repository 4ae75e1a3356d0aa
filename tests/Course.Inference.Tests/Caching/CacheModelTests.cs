using Course.Inference.Caching;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Caching;

/// <summary>Random appends, rewinds, forks and removals, each cache held to its twin of lists after every one of them.</summary>
public sealed class CacheModelTests : IDisposable
{
    private static readonly LlamaConfiguration Shape = SmallModel.Shape(context: 23, layers: 2, keyValueHeads: 2, headWidth: 4);

    private readonly LlamaModel model = SmallModel.Build(Shape);

    public void Dispose() => model.Dispose();

    public static TheoryData<CacheOptions> Kinds => new()
    {
        CacheOptions.Default,
        new() { BlockTokens = 4, Blocks = 11 },
        new() { BlockTokens = 1, Blocks = 40 },
        new() { BlockTokens = 64 },
        new() { BlockTokens = 4, Blocks = 11, Type = CacheType.Int8 },
        new() { Type = CacheType.Int8 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_happens_a_cache_holds_what_lists_would(CacheOptions options)
    {
        var before = LiveTensors.OfThisThread;
        int refused = 0, copied = 0, moved = 0;
        for (var seed = 0; seed < 60; seed++)
            Walk(options, new Random(seed), ref refused, ref copied, ref moved);

        Assert.Equal(before, LiveTensors.OfThisThread);
        Assert.True(moved > 20, $"only {moved} rows kept tokens that had to move");
        if (options.Blocks is not null)
            Assert.True(refused > 10, $"only {refused} appends ran out of blocks");
        if (options.BlockTokens is > 1)
            Assert.True(copied > 10, $"only {copied} blocks were copied on write");
    }

    private void Walk(CacheOptions options, Random random, ref int refused, ref int copied, ref int moved)
    {
        using var cache = (IModelCache)model.CreateCache(3, options);
        var paged = cache as PagedCache;
        var twin = new PagedTwin(3, paged?.Blocks ?? 99, paged?.BlockTokens ?? Shape.ContextLength, Shape.ContextLength);
        var next = 0;
        for (var step = 0; step < 25 && cache.Rows > 0; step++)
        {
            var row = random.Next(cache.Rows);
            switch (random.Next(12))
            {
                case 0:
                    var count = random.Next(cache.LengthOf(row) + 1); // none, some, across pages, or all
                    cache.Rewind(row, count);
                    twin.Rewind(row, count);
                    break;
                case 1:
                    var all = random.Next(Enumerable.Range(0, cache.Rows).Min(cache.LengthOf) + 1);
                    cache.Rewind(all);
                    for (var r = 0; r < cache.Rows; r++)
                        twin.Rewind(r, all);
                    break;
                case 2 when random.Next(2) == 0:
                    cache.Remove(row);
                    twin.Remove(row);
                    break;
                case 2 when cache.Rows < 7:
                    cache.Add();
                    twin.Add();
                    twin.Blocks = paged?.Blocks ?? 99; // one that was given no size grows
                    break;
                case 3 or 4 when paged is not null && cache.Rows < 5:
                    var shared = random.Next(cache.LengthOf(row) + 1);
                    Assert.Equal(cache.Rows - 1, paged.Fork(row, shared) - 1);
                    twin.Fork(row, shared);
                    break;
                case 5 or 6:
                    moved += Keep(cache, twin, row, random);
                    break;
                default:
                    int[][] added = [.. Enumerable.Range(0, cache.Rows).Select(_ => Enumerable.Range(0, random.Next(6)).Select(_ => next++).ToArray())];
                    if (added.All(tokens => tokens.Length == 0))
                        added[row] = [next++];
                    Append(cache, twin, added, options, ref refused, ref copied);
                    break;
            }
            AssertSame(cache, paged, twin);
        }
    }

    /// <summary>Some of a row's last tokens, as a tree's path is kept.</summary>
    private static int Keep(IModelCache cache, PagedTwin twin, int row, Random random)
    {
        var length = random.Next(cache.LengthOf(row) + 1);
        int[] further = [.. Enumerable.Range(length, cache.LengthOf(row) - length).Where(_ => random.Next(2) == 0)];
        if (twin.Keep(row, length, further))
        {
            cache.Keep(row, length, further);
            return further.Length > 0 && further[^1] != length + further.Length - 1 ? 1 : 0;
        }
        Assert.Throws<CourseException>(() => cache.Keep(row, length, further));
        return 0;
    }

    private static void Append(IModelCache cache, PagedTwin twin, int[][] added, CacheOptions options, ref int refused, ref int copied)
    {
        var partial = cache is PagedCache paged
            ? Enumerable.Range(0, cache.Rows).Count(row => cache.LengthOf(row) % paged.BlockTokens != 0 && paged.SharersOf(paged.BlocksOf(row)[^1]) > 1)
            : 0;
        if (twin.Append(added))
        {
            CacheDriver.Append(cache, Shape, added, twin.Tokens, options.Type == CacheType.Int8 ? 2.0 / 127 : 0);
            copied += partial;
            return;
        }
        refused++;
        Assert.Throws<CourseException>(() => cache.Reserve(new([.. added.Select(row => row.Length)])));
        Assert.Equal(twin.Tokens.Select(row => row.Count), Enumerable.Range(0, cache.Rows).Select(cache.LengthOf));
    }

    private static void AssertSame(IModelCache cache, PagedCache? paged, PagedTwin twin)
    {
        Assert.Equal(twin.Tokens.Select(row => row.Count), Enumerable.Range(0, cache.Rows).Select(cache.LengthOf));
        Assert.Equal(twin.Tokens.Select(row => row.Count).DefaultIfEmpty(0).Max(), cache.Length);
        if (paged is null)
            return;
        Assert.Equal(twin.Used, paged.Blocks - paged.FreeBlocks);
        var tables = Enumerable.Range(0, paged.Rows).Select(paged.BlocksOf).ToArray();
        Assert.Equal(Enumerable.Range(0, paged.Rows).Select(twin.PagesOf), tables.Select(table => table.Count));
        for (var block = 0; block < paged.Blocks; block++)
            Assert.Equal(tables.Count(table => table.Contains(block)), paged.SharersOf(block));
    }

    /// <summary>On both backends; a row that joins writes where an earlier one was, behind it, or where there was no room yet.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_row_that_joins_goes_on_as_if_it_were_alone_and_so_do_those_that_were_there(CacheOptions options)
    {
        using var fused = new FusedLlamaModel(Shape, SmallModel.Tensors(Shape, SmallModel.Weights(Shape, 1)));
        foreach (var (on, tolerance) in new (ILanguageModel, double)[] { (fused, 0), (model, options.Type == CacheType.Int8 ? 0.05 : 1e-4) })
        {
            using var cache = on.CreateCache(1, options);
            List<int[]> held = [[]];
            void Feed(params int[] counts)
            {
                int[][] added = [.. counts.Select((count, row) => SmallModel.RandomTokens(Shape, count, seed: held[row].Length + row))];
                held = [.. held.Zip(added, (before, more) => before.Concat(more).ToArray())];
                var logits = on.Forward(TokenBatch.Ragged(added), cache, LogitsOf.LastToken);
                for (var row = 0; row < counts.Length; row++)
                {
                    Assert.Equal(held[row].Length, cache.LengthOf(row));
                    if (counts[row] > 0)
                        LogitsAssert.Near([.. Alone(on, options, held[row]).Select(x => (double)x)], logits.Last(row), $"row {row}", tolerance);
                }
            }

            void Add()
            {
                cache.Add();
                held.Add([]);
            }

            Feed(5);
            Add();
            Feed(0, 3);
            Add();
            Feed(1, 0, 2);
            cache.Remove(0);
            held.RemoveAt(0);
            Add();
            Feed(1, 1, 9);
            Feed(0, 4, 0);
            Add();
            Feed(1, 1, 0, 1);
        }
    }

    private static float[] Alone(ILanguageModel model, CacheOptions options, int[] tokens)
    {
        using var cache = model.CreateCache(1, options);
        return model.Forward(TokenBatch.Of(tokens), cache, LogitsOf.LastToken).Last().ToArray();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_cache_refuses_what_is_not_there_and_stays_as_it_was(CacheOptions options)
    {
        using var cache = model.CreateCache(2, options);
        model.Forward(TokenBatch.Ragged([1, 2, 3], [4]), cache);

        void AssertError(string named, Action act) => Assert.Contains(named, Assert.Throws<CourseException>(act).Message, StringComparison.Ordinal);
        AssertError("row 1 of the cache holds 1", () => cache.Rewind(2)); // of every row, or of none
        AssertError("row 0 of the cache holds 3", () => cache.Rewind(0, 4));
        AssertError("Cannot rewind -1", () => cache.Rewind(0, -1));
        AssertError("There is no row 2", () => cache.Rewind(2, 0));
        AssertError("There is no row -1", () => cache.Remove(-1));
        AssertError("There is no row 2", () => cache.LengthOf(2));
        AssertError("There is no row 2", () => cache.Keep(2, 0, []));
        AssertError("row 0 of the cache holds 3", () => cache.Keep(0, 1, [3]));
        AssertError("places ascend from 1 on", () => cache.Keep(0, 1, [0]));
        AssertError("places ascend from 0 on", () => cache.Keep(0, 0, [2, 1]));
        AssertError("row 0 of the cache holds 3", () => cache.Keep(0, 4, []));
        AssertError("row 0 of the cache holds 3", () => cache.Keep(0, -1, []));
        AssertError("Row 0: 3 cached and 21 new tokens", () => model.Forward(new(2, 21, new int[42]), cache));
        Assert.Throws<CourseException>(() => model.CreateCache(0, options));
        Assert.Equal((2, 3, 1), (cache.Rows, cache.LengthOf(0), cache.LengthOf(1)));
    }
}
