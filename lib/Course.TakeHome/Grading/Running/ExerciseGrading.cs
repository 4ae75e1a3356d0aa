using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Running;

/// <summary>Runs and judges one exercise of a hand-in.</summary>
internal sealed class ExerciseGrading(Judge judge, SuspectGrading suspects, QuestionBank? bank)
{
    /// <summary>Grades one exercise.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="handIn">The hand-in.</param>
    /// <param name="seed">The seed of the candidate's folder.</param>
    /// <param name="salt">The grader's salt.</param>
    /// <param name="place">The workplace with the compiled answers.</param>
    /// <param name="findings">The list to which findings are added.</param>
    /// <param name="budget">The time budget of the archive.</param>
    /// <param name="cancel">Cancels grading.</param>
    public ExerciseGrade Grade(
        Exercise exercise, HandIn handIn, ulong seed, string salt, Workplace place, List<Finding> findings, TimeBudget budget,
        CancellationToken cancel)
    {
        var run = judge.Check(exercise, seed, salt, place, budget, cancel);
        var checks = Checks(exercise, run);
        var standing = Of(checks);
        findings.AddRange(Findings(exercise.Id, run, standing, new(bank)));
        var stated = handIn.Manifest.Exercises.FirstOrDefault(one => one.Id == exercise.Id);
        var tests = standing == Standing.NoAnswer ? null : suspects.Grade(exercise, salt, place, findings, budget, cancel);
        return new(
            exercise.Id, exercise.Card.Title, standing, checks, stated?.Hints.Count ?? 0, stated?.Predicted ?? false, tests,
            WrittenAnswers.Of(exercise, handIn, seed), exercise.Card.SpeaksTo)
        {
            Picture = run.Picture,
        };
    }

    private static CheckGrade[] Checks(Exercise exercise, JudgedExercise run)
    {
        var verdicts = run.Outcomes.ToDictionary(line => (line.Outcome.Check, line.Hidden), line => line.Outcome.Verdict);
        var passed = run.Outcomes.Where(line => line.Outcome.Verdict == Verdict.Passed).Select(line => line.Outcome.Check).ToHashSet();
        return
        [
            .. exercise.Visible.Checks.Select(check => (check.Name, Hidden: false))
                .Concat(exercise.Hidden.Checks.Select(check => (check.Name, Hidden: true)))
                .Select(check => new CheckGrade(
                    check.Name, check.Hidden, verdicts.TryGetValue(check, out var verdict) ? verdict : null,
                    Credit.IsGiven(exercise.Id, check.Name, passed))),
        ];
    }

    private static Standing Of(CheckGrade[] checks) =>
        checks.All(check => check.Verdict == Verdict.Unfinished) ? Standing.NoAnswer
        : checks.All(check => check.Verdict == Verdict.Passed) ? Standing.Holds
        : checks.Any(check => check.Credited) ? Standing.Partly
        : Standing.NothingCredited;

    private static IEnumerable<Finding> Findings(string id, JudgedExercise run, Standing standing, Suggestions suggestions)
    {
        if (standing == Standing.NoAnswer)
            yield return new($"{id}/unfinished", true, "There is no answer.", "");
        else
            foreach (var same in run.Outcomes.Where(line => line.Outcome.Verdict != Verdict.Passed)
                .GroupBy(line => (line.Outcome.Verdict, line.Outcome.What)))
                foreach (var (index, line) in same.Index())
                    yield return Of(
                        id, line.Hidden,
                        index == 0 ? line.Outcome : line.Outcome with { What = $"the same as in \"{same.First().Outcome.Check}\"." },
                        suggestions);
        if (standing == Standing.NothingCredited)
            yield return new(
                $"{id}/nothing-credited", true,
                "The checks that pass would also pass without the mechanism that the exercise asks for, so none is credited.",
                "Tell me how your answer works.");
        foreach (var same in run.Outcomes.Where(line => line.Outcome is { Verdict: Verdict.Passed, Remark.Length: > 0 })
            .GroupBy(line => line.Outcome.Remark))
            yield return new(
                $"{id}/how", false, $"How {string.Join(", ", same.Select(line => $"\"{line.Outcome.Check}\""))} passed: {same.Key}",
                "Which random decisions does your answer make, and what for?");
        foreach (var remark in run.Remarks)
            yield return new($"{id}/remark", false, remark, "How could more draft tokens be accepted?");
        if (run.Trouble is not null)
            yield return new($"{id}/ended", true, run.Trouble, "What in your code could end the process?");
    }

    private static Finding Of(string exercise, bool hidden, CheckOutcome outcome, Suggestions suggestions) => new(
        $"{exercise}/{(hidden ? "hidden" : "visible")}/{outcome.Check}", true, $"{outcome.Verdict}: {PlainText.Line(outcome.What)}",
        suggestions.For(exercise, outcome.Check))
    {
        Why = $"{outcome.Why} Where to look: {outcome.Where.TrimEnd('.')}.",
    };
}
