using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Runner;

namespace Course.TakeHome.Grading.Running;

/// <summary>Holds a candidate's tests to decoders with planted bugs, and to right ones.</summary>
internal sealed class SuspectGrading(CheckRun runner, DecoderBuild decoders)
{
    /// <summary>The exercise whose answer is a suite of tests.</summary>
    private const string Tests = "tests";

    /// <summary>Null where the exercise is another.</summary>
    public SuspectsGrade? Grade(Exercise exercise, ulong seed, Workplace place, List<Finding> findings, CancellationToken cancel)
    {
        if (exercise.Id != Tests)
            return null;
        place.Put(Path.GetFileName(place.Decoders), decoders.Assembly(cancel));
        var run = runner.Run(RunnerTask.Suspects, exercise, seed, place, cancel);
        if (run.Trouble is not null)
            findings.Add(new($"{Tests}/suspects-ended", true, $"While its tests ran on decoders: {run.Trouble}", "What in your tests could end the process?"));
        var outcomes = run.Lines.Select(line => line.Suspect).OfType<SuspectOutcome>().ToDictionary(outcome => outcome.Decoder);
        var grade = new SuspectsGrade([.. Suspects.All.Select(suspect => Of(suspect, outcomes.GetValueOrDefault(suspect.Namespace)))]);
        findings.AddRange(grade.Decoders.Select(Finding).OfType<Finding>());
        return grade;
    }

    private static SuspectGrade Of(Suspect suspect, SuspectOutcome? outcome) => new(
        suspect.Name, suspect.Mechanism, suspect.What, suspect.Right,
        [.. (outcome?.Objecting ?? []).Select(PlainText.Line)], PlainText.Line(outcome?.Objection ?? ""), outcome?.Ended ?? false);

    private static Finding? Finding(SuspectGrade decoder) => decoder switch
    {
        { Ended: false, ObjectedTo: false } => new($"{Tests}/endless/{decoder.Name}", true, $"The tests did not come to an end on this decoder: {decoder.What}", "How long may a test take?"),
        { Right: false, ObjectedTo: false } => new($"{Tests}/missed/{decoder.Name}", true, $"No test objects to this decoder ({decoder.Mechanism}): {decoder.What}", "What would a test have to look at to see this?"),
        { Right: true, ObjectedTo: true } => new(
            $"{Tests}/flagged/{decoder.Name}", true, $"\"{decoder.Objecting[0]}\" objects to a decoder that is right ({decoder.What}): {decoder.Objection}", "Is what your test asks for promised anywhere?"),
        _ => null,
    };
}
