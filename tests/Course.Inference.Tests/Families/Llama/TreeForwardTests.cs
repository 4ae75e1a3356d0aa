using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Families.Llama;

/// <summary>A tree of tokens in one call: every node has the logits that the last token of its path has.</summary>
public sealed class TreeForwardTests
{
    private static readonly int[] Text = [1, 2, 30, 4, 17];

    public static TheoryData<string> Kinds => [.. Caches.Keys];

    private static readonly Dictionary<string, CacheOptions> Caches = new()
    {
        ["contiguous"] = CacheOptions.Default,
        ["paged"] = new() { BlockTokens = 4 },
        ["int8"] = new() { Type = CacheType.Int8 },
        ["int8, paged"] = new() { Type = CacheType.Int8, BlockTokens = 3 },
    };

    private static LlamaConfiguration Shape() =>
        SmallModel.Shape(width: 64, hidden: 192, heads: 4, keyValueHeads: 2, headWidth: 32, layers: 2, context: 48);

    private static FusedLlamaModel Fused(LlamaConfiguration c) => new(c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)));

    /// <summary>A tree with random parents. The tokens are the numbers of the nodes, so that siblings differ.</summary>
    private static int[] RandomParents(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(node => random.Next(Math.Max(-1, node - 6), node))];
    }

    private static float[] Chain(ILanguageModel model, CacheOptions kind, int[] tokens)
    {
        using var cache = model.CreateCache(1, kind);
        return model.Forward(TokenBatch.Of(tokens), cache, LogitsOf.LastToken).Last().ToArray();
    }

    /// <summary>Feeds the tree after the text in one or two calls, and passes on each node's path and logits.</summary>
    private static void EveryNode(ILanguageModel model, CacheOptions kind, int nodes, int held, Action<int[], float[]> judge)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var (parents, tokens) = (RandomParents(nodes, seed), Enumerable.Range(3, nodes).ToArray());
            using var cache = model.CreateCache(1, kind);
            model.Forward(TokenBatch.Of(Text), cache, LogitsOf.NoToken);
            List<float[]> answers = [];
            void Feed(int from, int to)
            {
                var logits = model.Forward(TokenBatch.Branching(tokens.AsSpan(from, to - from), new(parents.AsSpan(0, to), from)), cache);
                answers.AddRange(Enumerable.Range(0, to - from).Select(t => logits[0, t].ToArray()));
            }

            if (held > 0)
                Feed(0, held);
            Feed(held, nodes);
            var tree = new TokenTree(parents);
            for (var node = 0; node < nodes; node++)
                judge([.. Text, .. tree.PathTo(node).ToArray().Select(at => tokens[at])], answers[node]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void On_the_kernels_a_nodes_logits_are_the_bits_of_its_path_fed_as_a_chain(string kind)
    {
        using var model = Fused(Shape());
        foreach (var (nodes, held) in new[] { (1, 0), (7, 0), (21, 0), (12, 5), (34, 17) })
            EveryNode(model, Caches[kind], nodes, held, (path, answer) => Assert.Equal(Chain(model, Caches[kind], path), answer));
    }

    [Fact]
    public void So_they_are_with_int4_weights_and_without_a_cache()
    {
        var c = Shape();
        using var scope = NewDisposeScope();
        using var model = new FusedLlamaModel(
            c, QuantizedWeights.From(c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), WeightFormat.Int4()));
        EveryNode(model, CacheOptions.Default, 9, 0, (path, answer) => Assert.Equal(Chain(model, CacheOptions.Default, path), answer));
        var alone = model.Forward(TokenBatch.Branching([5, 6, 7], new([-1, -1, 1])));
        Assert.Equal(model.Forward(TokenBatch.Of(6, 7)).Last(), alone[0, 2]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void On_plain_tensors_they_are_the_paths_within_rounding(string kind)
    {
        using var model = SmallModel.Build(Shape());
        var tolerance = Caches[kind].Type == CacheType.Int8 ? 0.02 : 2e-5;
        foreach (var (nodes, held) in new[] { (1, 0), (7, 0), (12, 5) })
            EveryNode(model, Caches[kind], nodes, held, (path, answer) =>
                LogitsAssert.Near(
                    [.. Chain(model, Caches[kind], path).Select(x => (double)x)], answer, $"path [{string.Join(" ", path)}]", tolerance));
        var alone = model.Forward(TokenBatch.Branching([5, 6, 7], new([-1, -1, 1])));
        LogitsAssert.Near(
            [.. model.Forward(TokenBatch.Of(6, 7)).Last().ToArray().Select(x => (double)x)], alone[0, 2], "without a cache", tolerance);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void After_a_kept_path_the_text_continues_as_after_a_chain(string kind)
    {
        using var fused = Fused(Shape());
        using var plain = SmallModel.Build(Shape());
        int[] parents = [-1, -1, 1, 1, 3, 3], tokens = [9, 10, 11, 12, 13, 14], path = [1, 3, 5];
        foreach (var (model, tolerance) in new (ILanguageModel, double)[]
        {
            (fused, 0), (plain, Caches[kind].Type == CacheType.Int8 ? 0.02 : 2e-5)
        })
        {
            using var cache = model.CreateCache(1, Caches[kind]);
            model.Forward(TokenBatch.Of(Text), cache, LogitsOf.NoToken);
            model.Forward(TokenBatch.Branching(tokens, new(parents)), cache);
            cache.Keep(0, Text.Length, [.. path.Select(node => Text.Length + node)]);

            Assert.Equal(Text.Length + path.Length, cache.Length);
            var expected = Chain(model, Caches[kind], [.. Text, .. path.Select(node => tokens[node]), 20]);
            LogitsAssert.Near([.. expected.Select(x => (double)x)], model.Forward(TokenBatch.Of(20), cache).Last(), kind, tolerance);
        }
    }

    /// <summary>
    /// Two trees, one of them with text before it, a chain and a sequence without tokens, in one call that spans
    /// several tiles of the kernels.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Trees_chains_and_empty_sequences_share_a_call_as_if_each_were_alone(string kind)
    {
        using var fused = Fused(Shape());
        using var plain = SmallModel.Build(Shape());
        int[] first = [-1, -1, 1, 1, 3], second = RandomParents(9, seed: 3);
        var tree = new TokenTree(second).Behind(12);
        int[][] tokens = [[7, 8, 9, 10, 11], [], [.. Enumerable.Range(3, 12 + 9)], [5, 6, 7]];
        foreach (var (model, tolerance) in new (ILanguageModel, double)[]
        {
            (fused, 0), (plain, Caches[kind].Type == CacheType.Int8 ? 0.05 : 1e-4)
        })
        {
            int[][] texts = [[1, 2], [3, 4, 5, 6, 7, 8, 9], [], [9]];
            using var cache = model.CreateCache(4, Caches[kind]);
            model.Forward(TokenBatch.Ragged(texts), cache, LogitsOf.NoToken);
            var logits = model.Forward(
                new(new([5, 0, 21, 3]), [.. tokens.SelectMany(row => row)], [new(first), null, tree, null]), cache,
                LogitsOf.LastTokens([5, 0, 10, 1]));

            void Judge(int row, int answer, IEnumerable<int> path) => LogitsAssert.Near(
                [.. Chain(model, Caches[kind], [.. texts[row], .. path]).Select(x => (double)x)], logits[row, answer],
                $"{kind}, row {row}, answer {answer}", tolerance);
            for (var node = 0; node < 5; node++)
                Judge(0, node, new TokenTree(first).PathTo(node).ToArray().Select(at => tokens[0][at]));
            for (var node = 0; node < 9; node++)
                Judge(2, 1 + node, [.. tokens[2][..12], .. tree.PathTo(node).ToArray().Select(at => tokens[2][12 + at])]);
            Judge(2, 0, tokens[2][..12]);
            Judge(3, 0, tokens[3]);
            Assert.Equal([7, 7, 21, 4], Enumerable.Range(0, 4).Select(cache.LengthOf));
        }
    }

    [Fact]
    public void The_price_counts_the_pairs_that_nodes_see()
    {
        var model = TableModel.Arbitrary(40, 64);
        using var cache = model.CreateCache();
        model.Forward(TokenBatch.Of(Text), cache);
        var whole = TokenBatch.Branching([1, 2, 3, 4], new([-1, -1, 1, 2]));
        Assert.Equal((4 * 5) + 1 + 1 + 2 + 3, ForwardShape.Of(whole, cache).Pairs);
        Assert.Equal(
            ForwardShape.Of(TokenBatch.Of(1, 2, 3), cache), ForwardShape.Of(TokenBatch.Branching([1, 2, 3], new([-1, 0, 1])), cache));

        // With three tokens of the text before it: a chain of three, and nodes that see these too.
        Assert.Equal(
            (3 * 5) + 6 + (4 * 8) + 1 + 1 + 2 + 3,
            ForwardShape.Of(TokenBatch.Branching([7, 8, 9, 1, 2, 3, 4], new TokenTree([-1, -1, 1, 2]).Behind(3)), cache).Pairs);

        model.Forward(TokenBatch.Branching([1, 2], new([-1, -1])), cache);
        Assert.Equal((2 * 5) + 2 + 3, ForwardShape.Of(TokenBatch.Branching([3, 4], new([-1, -1, 1, 2], held: 2)), cache).Pairs);
    }

    [Fact]
    public void A_table_answers_every_node_by_its_path()
    {
        var model = TableModel.Arbitrary(40, 64);
        EveryNode(model, CacheOptions.Default, 12, 5, (path, answer) => Assert.Equal(model.Logits(path), answer));
    }

    [Fact]
    public void What_is_no_tree_is_refused()
    {
        using var model = Fused(Shape());
        using var cache = model.CreateCache();
        model.Forward(TokenBatch.Of(1), cache);
        void AssertError(string named, Action act) =>
            Assert.Contains(named, Assert.Throws<CourseException>(act).Message, StringComparison.Ordinal);
        AssertError("Node 1 of the tree has the parent 1", () => _ = new TokenTree([-1, 1]));
        AssertError("Node 0 of the tree has the parent -2", () => _ = new TokenTree([-2]));
        AssertError("got 0 nodes", () => _ = new TokenTree([]));
        AssertError("got 2 nodes of which 2 are held", () => _ = new TokenTree([-1, -1], held: 2));
        AssertError("row 0 has 1 tokens and 2 new nodes", () => TokenBatch.Branching([1], new([-1, -1])));
        AssertError("holds 2 of its nodes, and the cache holds 1 tokens",
            () => model.Forward(TokenBatch.Branching([1], new([-1, -1, -1], held: 2)), cache));
        AssertError("exceed this model's context",
            () => model.Forward(TokenBatch.Branching(new int[48], new(RandomParents(48, 1))), cache));
        Assert.Equal(1, cache.Length);
    }
}
