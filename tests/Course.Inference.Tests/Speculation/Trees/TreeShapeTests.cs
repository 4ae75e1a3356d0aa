using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation.Trees;

public sealed class TreeShapeTests
{
    private static int[] Parents(TreeShape shape) => [.. Enumerable.Range(0, shape.Count).Select(shape.ParentOf)];

    [Fact]
    public void First_candidates_lie_in_a_row()
    {
        var shape = TreeShape.Parse("2-2-1");
        Assert.Equal([-1, 0, 1, 0, 3, -1, 5, 6, 5, 8], Parents(shape));
        Assert.Equal((10, 3), (shape.Count, shape.Depth));
        Assert.Equal([0, 5], shape.ChildrenOf(-1));
        Assert.Equal([1, 3], shape.ChildrenOf(0));
        Assert.Equal(20, TreeShape.Of(4, 2, 1).Count);
        Assert.Equal((0, 0), (TreeShape.Chain(0).Count, TreeShape.Chain(0).Depth));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4-2-")]
    [InlineData("4-0")]
    [InlineData("-1")]
    [InlineData("4,2")]
    [InlineData("99999999999")]
    [InlineData("32-32")]
    public void What_is_no_tree_is_refused(string text) => Assert.Contains("tree", Assert.Throws<CourseException>(() => TreeShape.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_take_the_deepest_and_youngest_nodes_away()
    {
        var shape = TreeShape.Of(2, 2, 1);
        Assert.Equal([-1, 0, 0, -1, 3, 3], Parents(shape.Within(2, 99)));
        Assert.Equal([-1, 0, -1], Parents(shape.Within(9, 3)));
        Assert.Equal([-1, -1], Parents(shape.Within(1, 99)));
        Assert.Same(shape, shape.Within(3, 10));
        Assert.Equal(0, shape.Within(0, 5).Count);
        Assert.Equal(0, shape.Within(-1, -1).Count);
    }

    [Fact]
    public void Expected_tokens_of_a_chain_are_the_geometric_sum()
    {
        foreach (var gamma in new[] { 0, 1, 4, 9 })
            Assert.Equal(SpeedupLaw.TokensPerRound(0.7, gamma), TreeShape.Chain(gamma).ExpectedTokens([0.7, 0.2]), 1e-12);
    }

    [Fact]
    public void Expected_tokens_of_a_tree_count_every_node_by_its_path() =>
        Assert.Equal(1 + (0.6 + 0.2) * (1 + 0.6), TreeShape.Of(2, 1).ExpectedTokens([0.6, 0.2]), 1e-12);

    /// <summary>The same law in every place, so that the formula's assumption holds: the exact mean by enumeration.</summary>
    [Theory]
    [InlineData("3")]
    [InlineData("2-1")]
    [InlineData("2-2")]
    public void The_formula_is_the_exact_mean_where_every_place_is_alike(string tree)
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.2, 0.3, 0.5];
        JointLaw FirstRound(TreeShape shape, Func<SpeculationTrace, IReadOnlyList<int>> of) => JointLaw.Of(randomness =>
        {
            var run = new SpeculativeDecoder(TableModel.Constant(32, p), new ModelDrafter(TableModel.Constant(32, q)), new() { Shape = shape })
                .Decode([0], new() { MaxTokens = 9 }, randomness);
            Assert.NotEmpty(run.Take(1)); // one round
            return of(run.Trace);
        });

        var ranks = FirstRound(TreeShape.Of(3), trace => [.. trace.AcceptanceByRank().Select(share => (int)share)]);
        double[] acceptance = [.. Enumerable.Range(0, 3).Select(rank => ranks.Where(pair => pair.Key[rank] == 1).Sum(pair => pair.Value))];
        Assert.Equal(1, acceptance.Sum(), 1e-6); // of three tokens one stands
        Assert.Equal(0.7, acceptance[0], 1e-6);  // Σ min(p, q)

        var shape = TreeShape.Parse(tree);
        var mean = FirstRound(shape, trace => [trace.Steps[0].Accepted + 1]).Sum(pair => pair.Key[0] * pair.Value);
        Assert.Equal(shape.ExpectedTokens(acceptance), mean, 1e-6); // the tables' logits are single precision
    }

    [Fact]
    public void The_best_tree_beats_every_other_of_its_size()
    {
        double[] acceptance = [0.6, 0.25, 0.1];
        for (var nodes = 0; nodes <= 6; nodes++)
        {
            var best = TreeShape.Best(nodes, acceptance);
            Assert.Equal(nodes, best.Count);
            Assert.Equal(Trees(nodes).Max(parents => Expected(parents, acceptance)), best.ExpectedTokens(acceptance), 1e-12);
        }
        Assert.Equal(TreeShape.Chain(5).Depth, TreeShape.Best(5, [0.9]).Depth);
        Assert.Throws<CourseException>(() => TreeShape.Best(3, [0.2, 0.5]));
        Assert.Throws<CourseException>(() => TreeShape.Best(3, []));
    }

    private static IEnumerable<int[]> Trees(int nodes) => nodes == 0 ? [[]] : Trees(nodes - 1).SelectMany(tree => Enumerable.Range(-1, nodes).Select(parent => (int[])[.. tree, parent]));

    private static double Expected(int[] parents, double[] acceptance)
    {
        var reached = new double[parents.Length];
        for (var node = 0; node < parents.Length; node++)
        {
            var rank = parents.Take(node).Count(parent => parent == parents[node]);
            reached[node] = (parents[node] < 0 ? 1 : reached[parents[node]]) * (rank < acceptance.Length ? acceptance[rank] : 0);
        }
        return 1 + reached.Sum();
    }
}
