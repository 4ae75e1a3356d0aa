using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Checks;

/// <summary>A message names the cause of a failure, not its consequences.</summary>
public sealed class CausesTests
{
    private static CheckOutcome[] Outcomes(string exercise, object answer) =>
        [.. CheckRunner.Run(CheckSuite.Visible.Single(suite => suite.Exercise == exercise), new Answer(answer), new(1, exercise))];

    [Fact]
    public void Random_numbers_from_elsewhere_are_reported_as_that_and_without_other_advice()
    {
        var kept = Outcomes("rejection", new OwnChance()).Single(outcome => outcome.Check == "kept guess");
        Assert.Equal((Verdict.Failed, true), (kept.Verdict, kept.IsBreach));
        Assert.Contains("not from new Random()", kept.What, StringComparison.Ordinal);
        Assert.DoesNotContain("Accepted = true", kept.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tokens_after_a_rejection_are_reported_as_that() => Assert.StartsWith(
        "After a rejection two tokens are drawn",
        Outcomes("loop", new Bonus(drawn: 2)).Single(outcome => outcome.Check == "law of several tokens").What, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_distribution_of_another_kind_is_reported_by_its_figures_alone() => Assert.StartsWith(
        "With ", Outcomes("loop", new Bonus(drawn: 1)).Single(outcome => outcome.Check == "law of several tokens").What,
        StringComparison.Ordinal);

    [Fact]
    public void A_failure_that_may_follow_from_another_comes_after_it_and_says_so()
    {
        static CheckLine Line(string check) =>
            new(new CheckOutcome("loop", check, Verdict.Failed, $"{check} differs", $"why {check}", $"where {check}", 0));
        var text = new CheckReport([], [Line("greedy"), Line("length")], null).ToString();
        Assert.True(text.IndexOf("✗ length", StringComparison.Ordinal) < text.IndexOf("✗ greedy", StringComparison.Ordinal), text);
        Assert.Contains("cause  this may only follow from \"length\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cause_is_a_check_of_the_same_suite_that_does_not_follow_from_its_effect()
    {
        foreach (var suite in CheckSuite.Visible)
            foreach (var check in suite.Checks)
                foreach (var cause in check.FollowsFrom)
                    Assert.DoesNotContain(check.Name, suite.Checks.Single(other => other.Name == cause).FollowsFrom);
    }

    private sealed class Answer(object answer) : IAdapter
    {
        public object AnswerTo(string exercise) => answer;
    }

    /// <summary>Behaves as if it used a random generator of its own: every run goes another way.</summary>
    private sealed class OwnChance : IRejectionSampling
    {
        private int runs;

        public double[] Distribution(IReadOnlyList<float> logits) => Softmax.Of(logits);

        public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness) =>
            new(guess, ++runs % 2 == 0);
    }

    /// <summary>Drafts one token at a time, and draws once or twice from the target after a rejection.</summary>
    private sealed class Bonus(int drawn) : ISpeculativeDecoder
    {
        public IReadOnlyList<int> Decode(
            ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
        {
            var text = prompt.ToList();
            while (text.Count < prompt.Count + request.MaxTokens)
            {
                var (p, q) = (Row(target, text, request), Row(draft, text, request));
                var guess = randomness.Draw(q);
                if (randomness.Accept(Math.Min(1, p[guess] / q[guess])))
                    text.Add(guess);
                else
                    for (var i = 0; i < drawn; i++)
                        text.Add(randomness.Draw(p));
            }
            return text[prompt.Count..(prompt.Count + request.MaxTokens)];
        }

        private static double[] Row(ILanguageModel model, List<int> text, DecodingRequest request) =>
            request.Distribution(model.Forward(text, model.CreateCache())[^1]);
    }
}
