using Course.Inference.Sampling;

namespace Course.Inference.Tests.Sampling;

public sealed class JointLawTests
{
    [Fact]
    public void Independent_draws_have_the_product_of_their_probabilities()
    {
        var law = JointLaw.Of(randomness => [randomness.Draw([0.2, 0.8]), randomness.Draw([0.5, 0.3, 0.2])]);

        Assert.Equal(6, law.Count);
        Assert.Equal(6, law.Runs);
        Assert.Equal(0.8 * 0.3, law[1, 1], 1e-15);
        Assert.Equal(0, law[2, 0]);
    }

    [Fact]
    public void Branches_that_end_alike_are_added_up()
    {
        // A geometric law: emit 0 until a coin says stop, at most three times.
        var law = JointLaw.Of(randomness => Enumerable.Range(0, 3).TakeWhile(_ => randomness.Accept(0.25)).Select(_ => 0));

        Assert.Equal([0.75, 0.1875, 0.046875, 0.015625], new[] { law[[]], law[0], law[0, 0], law[0, 0, 0] });
    }

    [Fact]
    public void Answers_that_cannot_happen_are_not_visited()
    {
        var law = JointLaw.Of(randomness =>
        {
            Assert.False(randomness.Accept(0));
            Assert.True(randomness.Accept(1));
            return [randomness.Draw([0, 0.5, 0, 0.5, 0])];
        });

        Assert.Equal(2, law.Runs);
        Assert.Equal(0.5, law[1]);
    }

    [Fact]
    public void An_experiment_that_asks_nothing_has_one_outcome() => Assert.Equal(1, JointLaw.Of(_ => [4, 2])[4, 2]);

    [Fact]
    public void Later_questions_may_depend_on_earlier_answers()
    {
        var law = JointLaw.Of(randomness => randomness.Accept(0.5) ? [randomness.Draw([0.5, 0.5])] : [9]);

        Assert.Equal(3, law.Runs);
        Assert.Equal([0.25, 0.25, 0.5], new[] { law[0], law[1], law[9] });
    }

    /// <summary>The classic: rejecting from q and drawing from the residual emits p, exactly (Leviathan et al. 2023).</summary>
    [Fact]
    public void Speculative_acceptance_of_one_token_emits_the_target()
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.1, 0.6, 0.3];
        double[] residual = [.. p.Zip(q, (a, b) => Math.Max(0, a - b))];
        double[] rest = [.. residual.Select(r => r / residual.Sum())];

        var law = JointLaw.Of(randomness =>
        {
            var x = randomness.Draw(q);
            return [randomness.Accept(Math.Min(1, p[x] / q[x])) ? x : randomness.Draw(rest)];
        });

        for (var token = 0; token < 3; token++)
            Assert.Equal(p[token], law[token], 1e-15);
        // And the bug that forgets the residual is found.
        var wrong = JointLaw.Of(randomness => [randomness.Draw(q) is var x && randomness.Accept(Math.Min(1, p[x] / q[x])) ? x : randomness.Draw(p)]);
        Assert.True(TotalVariation.Between(law, wrong) > 0.01);
    }

    [Fact]
    public void Too_many_branches_are_an_error_that_says_what_to_do()
    {
        var error = Assert.Throws<CourseException>(() => JointLaw.Of(r => [r.Draw([0.5, 0.5]), r.Draw([0.5, 0.5])], maxRuns: 3));
        Assert.Contains("more than 3 branches", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, JointLaw.Of(r => [r.Draw([0.5, 0.5]), r.Draw([0.5, 0.5])], maxRuns: 4).Runs);
    }

    [Fact]
    public void An_experiment_that_remembers_earlier_runs_is_found_out()
    {
        var run = 0;
        Assert.Contains("does not follow from the answers", Message(r => r.Accept(run++ == 0 ? 0.5 : 0.6)), StringComparison.Ordinal);
        run = 0;
        Assert.Contains("does not follow from the answers", Message(r => run++ == 0 ? r.Accept(0.5) : r.Draw([0.5, 0.5]) == 1), StringComparison.Ordinal);
        run = 0;
        Assert.Contains("does not follow from the answers", Message(r => r.Accept(0.5) | (run++ == 0 && r.Accept(0.5))), StringComparison.Ordinal);

        static string Message(Func<IRandomness, bool> experiment) =>
            Assert.Throws<CourseException>(() => JointLaw.Of(r => [experiment(r) ? 1 : 0])).Message;
    }

    [Fact]
    public void A_proof_asks_for_sums_that_are_exact()
    {
        Assert.Throws<CourseException>(() => JointLaw.Of(r => [r.Draw([0.5, 0.5 + 1e-9])]));
        Assert.Throws<CourseException>(() => JointLaw.Given([new([0], 0.9)]));
    }

    [Fact]
    public void The_law_of_an_image_adds_up_what_falls_together()
    {
        var law = JointLaw.Of(r => [r.Draw([0.2, 0.8]), r.Draw([0.5, 0.5])]).Select(sequence => [sequence[0]]);

        Assert.Equal(0.8, law[1], 1e-15);
        Assert.Equal(2, law.Count);
    }

    [Fact]
    public void Total_variation_is_zero_for_equal_laws_and_one_for_disjoint_ones()
    {
        var law = JointLaw.Given([new([0], 0.5), new([1], 0.5)]);

        Assert.Equal(0, TotalVariation.Between(law, JointLaw.Of(r => [r.Draw([0.5, 0.5])])));
        Assert.Equal(1, TotalVariation.Between(law, JointLaw.Given([new([2], 1)])));
        Assert.Equal(0.25, TotalVariation.Between(law, JointLaw.Given([new([0], 0.75), new([1], 0.25)])), 1e-15);
        Assert.Equal(0.25, TotalVariation.Between([0.5, 0.5], [0.75, 0.25]), 1e-15);
    }

    [Fact]
    public void Many_branches_are_all_visited_once()
    {
        var quarter = new[] { 0.25, 0.25, 0.25, 0.25 };
        var law = JointLaw.Of(r => [.. Enumerable.Range(0, 8).Select(_ => r.Draw(quarter))]);

        Assert.Equal(65_536, law.Runs);
        Assert.True(law.All(pair => pair.Value == Math.Pow(0.25, 8)));
    }
}
