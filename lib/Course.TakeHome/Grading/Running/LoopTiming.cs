using Course.Inference.Measurement;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Runner;
using Exercise = Course.TakeHome.Exercises.Exercise;

namespace Course.TakeHome.Grading.Running;

/// <summary>Times a loop that is right: how long a wrong one takes says nothing.</summary>
internal sealed class LoopTiming(CheckRun runner, DecoderBuild decoders, TimeProvider time)
{
    private const string Loop = "loop";

    // Two clocks at once would time each other.
    private static readonly Lock OneAtATime = new();

    /// <summary>Null where there is nothing to time.</summary>
    public LoopTimings? Of(IReadOnlyList<ExerciseGrade> grades, ulong seed, Workplace place, CancellationToken cancel)
    {
        if (!grades.Any(grade => grade.Id == Loop && grade.Checks.Any(check => check is { Name: "greedy", Credited: true })))
            return null;
        place.Put(Path.GetFileName(place.Decoders), decoders.Assembly(cancel));
        lock (OneAtATime)
        {
            var run = runner.Run(RunnerTask.Time, Exercise.Named(Loop), seed, place, cancel);
            return run.Lines is [{ Timed: { } timed }] ? new(timed, Machine.Describe(), time.GetUtcNow()) : null;
        }
    }
}
