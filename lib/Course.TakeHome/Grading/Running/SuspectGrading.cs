using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Running;

/// <summary>Runs a candidate's tests on decoders with planted bugs, and on correct ones.</summary>
internal sealed class SuspectGrading(SuspectTrial trial, DecoderBuild decoders)
{
    /// <summary>The id of the exercise whose answer is a suite of tests.</summary>
    public const string Tests = "tests";

    /// <summary>Grades a suite of tests; null for every other exercise.</summary>
    public SuspectsGrade? Grade(
        Exercise exercise, string salt, Workplace place, List<Finding> findings, TimeBudget budget, CancellationToken cancel)
    {
        if (exercise.Id != Tests)
            return null;
        var (showings, trouble) = trial.Run(decoders.New(cancel), salt, place, budget, cancel);
        if (trouble is not null)
            findings.Add(new(
                $"{Tests}/suspects-ended", true, $"While the tests ran on decoders: {trouble}",
                "What in your tests could end the process?"));
        var grade = new SuspectsGrade(
            [.. Suspects.All.Select(suspect => Of(suspect, [.. showings.Where(showing => showing.Suspect == suspect)]))]);
        findings.AddRange(grade.Decoders.Select(Finding).OfType<Finding>());
        return grade;
    }

    /// <summary>The grade for one suspect. A correct decoder is shown twice, and a failed test in either showing counts.</summary>
    private static SuspectGrade Of(Suspect suspect, Showing[] showings)
    {
        var telling = showings.FirstOrDefault(showing => showing.Objecting.Count > 0) ?? showings.FirstOrDefault();
        return new(
            suspect.Name, suspect.Mechanism, suspect.What, suspect.Right,
            [.. (telling?.Objecting ?? []).Select(PlainText.Line)], PlainText.Line(telling?.Objection ?? ""),
            showings.Length > 0 && showings.All(showing => showing.Ended));
    }

    private static Finding? Finding(SuspectGrade decoder) => decoder switch
    {
        { Ended: false, ObjectedTo: false } => new(
            $"{Tests}/endless/{decoder.Name}", true, $"The tests did not come to an end on this decoder: {decoder.What}",
            "How long may a test take?"),
        { Right: false, ObjectedTo: false } => new(
            $"{Tests}/missed/{decoder.Name}", true, $"No test fails this wrong decoder ({decoder.Mechanism}): {decoder.What}",
            "What would a test have to look at to see this?"),
        { Right: true, ObjectedTo: true } => new(
            $"{Tests}/flagged/{decoder.Name}", true,
            $"\"{decoder.Objecting[0]}\" fails a correct decoder ({decoder.What}): {decoder.Objection}",
            "Does any contract promise what your test demands?"),
        _ => null,
    };
}
