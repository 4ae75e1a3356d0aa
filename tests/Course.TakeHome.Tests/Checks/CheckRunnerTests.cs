using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Checks;

public sealed class CheckRunnerTests
{
    private static CheckSuite Suite => CheckSuite.Visible.Single(suite => suite.Exercise == "speedup");

    private static CheckOutcome[] Run(Func<object> answer, TimeSpan? limit = null) =>
        [.. CheckRunner.Run(Suite, new Answers(answer), new(1, "speedup"), limit)];

    [Fact]
    public void An_answer_that_never_returns_is_given_up_after_the_second_check()
    {
        var outcomes = Run(() => { Thread.Sleep(Timeout.Infinite); return new(); }, TimeSpan.FromMilliseconds(20));
        Assert.All(outcomes, outcome => Assert.Equal(Verdict.TimedOut, outcome.Verdict));
        Assert.All(outcomes.Take(2), outcome => Assert.StartsWith("No answer within", outcome.What, StringComparison.Ordinal));
        Assert.All(outcomes.Skip(2),
            outcome => Assert.Equal(("Not run: 2 checks before it did not end.", 0.0), (outcome.What, outcome.Seconds)));
    }

    [Fact]
    public void An_answer_of_another_type_is_told_about_the_adapter() => Assert.All(
        Run(() => "an answer"),
        outcome => Assert.Equal((Verdict.Failed, true), (outcome.Verdict, outcome.What.Contains("Adapter.cs", StringComparison.Ordinal))));

    [Fact]
    public void An_exception_of_an_answer_is_reported_by_type() => Assert.All(
        Run(() => throw new InvalidOperationException("broken")),
        outcome => Assert.Contains("InvalidOperationException: broken", outcome.What, StringComparison.Ordinal));

    [Fact]
    public void An_answer_that_crashed_is_not_measured()
    {
        static object Crash() => throw new InvalidOperationException("broken");
        Assert.Empty(Measured(Crash, Run(Crash)).Lines);
    }

    [Fact]
    public void A_wrong_answer_that_ran_is_measured_and_an_exception_in_that_is_reported() =>
        Assert.StartsWith(
            "no measurement: InvalidCastException", Assert.Single(Measured(() => "an answer", Run(() => "an answer")).Lines),
            StringComparison.Ordinal);

    private static Figures Measured(Func<object> answer, CheckOutcome[] outcomes) =>
        CheckRunner.Measure(Suite, outcomes, new Answers(answer), new(1, "speedup"));

    private sealed class Answers(Func<object> answer) : IAdapter
    {
        public object AnswerTo(string exercise) => answer();
    }
}
