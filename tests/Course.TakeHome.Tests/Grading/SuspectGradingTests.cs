using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading;

/// <summary>Runs a candidate's tests on decoders with planted bugs and on correct ones.</summary>
public sealed class SuspectGradingTests
{
    private static readonly Exercise Tests = Exercise.Named("tests");

    private static (SuspectsGrade Grade, List<Finding> Findings) Grade(string answer)
    {
        using var place = new Workplace();
        var sandbox = new Bubblewrap();
        var trial = new SuspectTrial(new(DotnetSdk.Find(), sandbox), TimeSpan.FromSeconds(4));
        place.Put("Answers.dll", CompiledText.Bytes($"{answer}\n{Adapter}"));
        List<Finding> findings = [];
        return (
            new SuspectGrading(trial, new(new(DotnetSdk.Find(), sandbox))).Grade(
                Tests, "salt", place, findings, new(TimeSpan.FromMinutes(1)), default)!, findings);
    }

    private const string Adapter =
        "public sealed class Adapter : IAdapter { public object AnswerTo(string exercise) => new DecoderTests(); }";

    [SandboxFact]
    public void The_reference_finds_every_bug_and_passes_every_correct_decoder()
    {
        var (grade, findings) = Grade(Tests.Reference);
        Assert.Empty(findings);
        Assert.Equal((grade.Planted, 0), (grade.Killed, grade.Flagged));
        Assert.True(grade.Planted >= 15 && grade.Correct >= 6, $"{grade.Planted} bugs, {grade.Correct} right.");
    }

    [SandboxFact]
    public void A_suite_that_compares_first_tokens_only_is_told_by_name_which_bugs_it_misses()
    {
        var (grade, findings) = Grade(Tests.Bugs.Single(bug => bug.Name == "first-token-only").In(Tests.Reference));
        Assert.Equal(0, grade.Flagged);
        Assert.True(grade.Killed > 0 && grade.Killed < grade.Planted);
        Assert.Contains(findings,
            finding => finding is { Id: "tests/missed/bonus-from-the-last-guess", Failed: true, FollowUp.Length: > 0 }
                && finding.Summary.Contains("law of several tokens", StringComparison.Ordinal));
    }

    [SandboxFact]
    public void A_suite_that_counts_calls_is_told_which_correct_decoders_it_fails()
    {
        var (grade, findings) = Grade(Tests.Bugs.Single(bug => bug.Name == "counts-calls").In(Tests.Reference));
        Assert.Equal(
            ["one-call-per-guess"],
            grade.Decoders.Where(decoder => decoder is { Right: true, ObjectedTo: true }).Select(decoder => decoder.Name));
        Assert.Contains(findings,
            finding => finding.Id == "tests/flagged/one-call-per-guess"
                && finding.Summary.Contains("Too many calls", StringComparison.Ordinal));
    }

    [SandboxFact]
    public void Tests_that_never_end_find_nothing_and_do_not_block_grading()
    {
        var (grade, findings) = Grade(
            "using Course.Core; using Course.TakeHome.Contracts; using System.Collections.Generic; public sealed class DecoderTests : " +
            "IDecoderTests { public IReadOnlyList<DecoderTest> Tests => [new(\"endless\", _ => { while (true) { } })]; }");
        Assert.Equal((0, 0), (grade.Killed, grade.Flagged));
        Assert.Equal(grade.Decoders.Count, findings.Count(finding => finding.Id.StartsWith("tests/endless/", StringComparison.Ordinal)));
    }
}
