using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation.Trees;

/// <summary>The rule alone, on distributions written down.</summary>
public sealed class TreeSamplingTests
{
    private static readonly double[] P = [0.5, 0.3, 0.15, 0.05], Q = [0.1, 0.2, 0.3, 0.4];

    private static DraftTree Siblings(SiblingDraw draw, double[] q, params int[] tokens) =>
        new(tokens, [.. tokens.Select(_ => TokenTree.Root)], draw, [q, .. tokens.Select(_ => (double[]?)null)]);

    /// <summary>The same p after the text and after every node.</summary>
    private static double[][] Everywhere(int nodes) => [.. Enumerable.Repeat(P, nodes + 1)];

    /// <summary>The decoder's chain and a tree without siblings: the same questions, the same answers.</summary>
    [Fact]
    public void A_chain_is_a_tree_without_siblings()
    {
        var target = Tables.Arbitrary(7, contextLength: 64, seed: 1);
        var draft = Tables.DraftsFor(target)["unrelated"];
        for (ulong seed = 0; seed < 20; seed++)
        {
            var chain = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = 3 }).Decode([1], new() { MaxTokens = 30 }, new SeededRandomness(seed));
            var tree = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { Shape = TreeShape.Chain(3) }).Decode([1], new() { MaxTokens = 30 }, new SeededRandomness(seed));

            Assert.Equal(chain.Select(token => token.Token), tree.Select(token => token.Token));
            Assert.Equal(chain.Usage, tree.Usage);
            Assert.Equal(chain.Trace.Draft, tree.Trace.Draft);
            Assert.Equal(chain.Trace.Origins, tree.Trace.Origins);
            Assert.Equal(chain.Trace.AcceptanceRate, tree.Trace.AcceptanceRate);
            Assert.Equal(chain.Trace.AcceptanceByRank(), tree.Trace.AcceptanceByRank());
            Assert.Equal(chain.Trace.Steps.Select(step => step.RejectedAt(step.Accepted)), tree.Trace.Steps.Select(step => step.RejectedAt(step.Accepted)));
        }
    }

    /// <summary>The questions of Leviathan et al.'s algorithm 1, written out, in its order and with its numbers.</summary>
    [Fact]
    public void On_a_chain_the_rule_asks_what_the_paper_asks()
    {
        DraftToken[] draft = [new(0, Q), new(3, Q), new(1, Q)];
        double[][] target = [P, [0.4, 0.3, 0.2, 0.1], P, Q];
        int[] Paper(IRandomness randomness)
        {
            for (var i = 0; i < draft.Length; i++)
                if (!randomness.Accept(Math.Min(1, target[i][draft[i].Token] / Q[draft[i].Token])))
                {
                    double[] left = [.. target[i].Zip(Q, (p, q) => Math.Max(0, p - q))];
                    return [i, randomness.Draw([.. left.Select(share => share / left.Sum())])];
                }
            return [draft.Length, randomness.Draw(target[^1])];
        }

        var chain = JointLaw.Of(Paper);
        var rule = JointLaw.Of(randomness => new RecursiveRejection().Verify(DraftTree.Chain(draft), target, randomness) is var verdict ? [verdict.Accepted, verdict.Next] : []);
        Assert.Equal(chain.Runs, rule.Runs);
        Assert.InRange(TotalVariation.Between(chain, rule), 0, 1e-15);
    }

    [Fact]
    public void Without_a_draft_it_is_one_draw_of_the_target()
    {
        var law = JointLaw.Of(randomness => [new RecursiveRejection().Verify(DraftTree.Empty, [P], randomness).Next]);
        Assert.Equal(4, law.Runs);
        Assert.Equal(P, Enumerable.Range(0, 4).Select(token => law[token]));
    }

    /// <summary>More candidates stand more often; drawn without replacement more often than independently.</summary>
    [Fact]
    public void Every_further_candidate_raises_the_chance_that_one_stands()
    {
        double Stands(SiblingDraw draw, int count) => JointLaw.Of(randomness =>
        {
            var law = new double[4];
            var tokens = new SiblingSampler(SamplingOptions.Default, draw, randomness).Sample([.. Q.Select(q => (float)Math.Log(q))], count, law);
            return [new RecursiveRejection().Verify(Siblings(draw, law, [.. tokens]), Everywhere(tokens.Count), randomness).Path.Count];
        })[1];

        foreach (var draw in new[] { SiblingDraw.Independent, SiblingDraw.WithoutReplacement })
        {
            double[] chances = [.. Enumerable.Range(1, 4).Select(count => Stands(draw, count))];
            Assert.Equal(P.Zip(Q, Math.Min).Sum(), chances[0], 1e-6); // the logits are single precision
            Assert.True(chances.Zip(chances.Skip(1)).All(pair => pair.Second > pair.First));
        }
        Assert.True(Stands(SiblingDraw.WithoutReplacement, 2) > Stands(SiblingDraw.Independent, 2));
        // All four tokens are candidates: one of them must stand.
        Assert.Equal(1, Stands(SiblingDraw.WithoutReplacement, 4), 1e-6);
    }

    [Fact]
    public void Chosen_candidates_stand_as_often_as_the_target_draws_them()
    {
        var law = JointLaw.Of(randomness => new RecursiveRejection().Verify(Siblings(SiblingDraw.Chosen, Q, 1, 2), Everywhere(2), randomness) is var verdict
            ? [.. verdict.Path, 9, verdict.Next] : []);
        Assert.Equal(0.55, law.Where(pair => pair.Key[0] == 9).Sum(pair => pair.Value), 1e-15);
        Assert.Equal(0.5, law[9, 0], 1e-15); // the rest keeps its proportions
        Assert.Equal(0.05, law[9, 3], 1e-15);
    }

    [Fact]
    public void The_most_probable_are_chosen_in_their_order_and_never_an_impossible_one()
    {
        IReadOnlyList<int> Sample(SamplingOptions options, int count) =>
            new SiblingSampler(options, SiblingDraw.Chosen, new SeededRandomness(1)).Sample([1, 3, float.NegativeInfinity, 3, 2], count, new double[5]);
        Assert.Equal([1, 3, 4], Sample(SamplingOptions.Greedy, 3));
        Assert.Equal([1, 3, 4, 0], Sample(SamplingOptions.Greedy, 9));
        Assert.Equal([1, 3], Sample(new() { TopK = 2 }, 3));
    }

    [Fact]
    public void Without_replacement_draws_end_where_the_law_has_no_more()
    {
        var law = new double[5];
        var drawn = new SiblingSampler(new() { TopK = 2 }, SiblingDraw.WithoutReplacement, new SeededRandomness(1)).Sample([1, 3, 0, 3, 2], 4, law);
        Assert.Equal([1, 3], drawn.Order());
        Assert.Contains("nothing is left", Assert.Throws<CourseException>(() => DraftTree.Without([0.5, 0.5], [0, 1])).Message, StringComparison.Ordinal);
    }
}
