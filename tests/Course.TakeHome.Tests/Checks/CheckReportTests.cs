using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Checks;

/// <summary>The report that a candidate reads: causes first, each explained once, and nothing that was not observed.</summary>
public sealed class CheckReportTests
{
    private static CheckOutcome Outcome(string check, Verdict verdict, string what = "") =>
        new("speedup", check, verdict, what, $"why {check}", $"where {check}", 0);

    private static string Text(params CheckOutcome[] outcomes) =>
        new CheckReport(
            [], [.. outcomes.Select(outcome => new CheckLine(outcome)), new CheckLine(Exercise: "speedup", Measured: "γ = 4")],
            null).ToString();

    private static IReadOnlyList<Check> Checks => CheckSuite.Visible.Single(suite => suite.Exercise == "speedup").Checks;

    [Fact]
    public void Crashed_checks_come_before_failed_ones_and_without_advice()
    {
        var text = Text(
            Outcome("a", Verdict.Failed, "3 instead of 4"), Outcome("b", Verdict.Crashed, "IndexOutOfRangeException"),
            Outcome("c", Verdict.Crashed, "IndexOutOfRangeException"));
        Assert.True(text.IndexOf("✗ b", StringComparison.Ordinal) < text.IndexOf("✗ a", StringComparison.Ordinal), text);
        Assert.DoesNotContain("why b", text, StringComparison.Ordinal);
        Assert.Contains("the same as in \"b\"", text, StringComparison.Ordinal);
        Assert.Contains("why a", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_that_were_not_run_are_counted_and_do_not_pass()
    {
        CheckLine TimedOut(Check check, int index) =>
            new(Outcome(check.Name, Verdict.TimedOut, "No answer") with { Seconds = index < 2 ? 10 : 0 });
        var report = new CheckReport([], [.. Checks.Select(TimedOut)], null);
        Assert.Contains($"0 of {Checks.Count} checks pass", report.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"{Checks.Count - 2} more were not run: they would wait for the same loop", report.ToString(), StringComparison.Ordinal);
        Assert.False(new CheckReport([], [new(Outcome(Checks[0].Name, Verdict.Passed))], null).Passed);
    }

    [Fact]
    public void Figures_of_an_answer_that_fails_are_marked_as_such()
    {
        Assert.Contains(
            "Measured, although not every check passes", Text(Outcome("a", Verdict.Failed, "3 instead of 4")), StringComparison.Ordinal);
        Assert.DoesNotContain("although", Text([.. Checks.Select(check => Outcome(check.Name, Verdict.Passed))]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_of_an_answer_floods_no_screen()
    {
        var text = Text(Outcome("a", Verdict.Crashed, $"\u001b[2J{new string('x', 100_000)}"));
        Assert.DoesNotContain('\u001b', text);
        Assert.True(text.Length < 5_000, $"{text.Length} characters");
    }
}
