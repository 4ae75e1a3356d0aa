using Course.Inference.Measurement;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Running;

/// <summary>Times a correct loop. The time of a wrong one would mean nothing.</summary>
internal sealed class LoopTiming(CandidateProcess processes, DecoderBuild decoders, TimeProvider time)
{
    private const string Loop = "loop";

    /// <summary>The time limit of timing. A correct loop takes a few seconds; one that behaves differently when timed is cut off.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Two timings at the same time would disturb each other.
    private static readonly Lock OneAtATime = new();

    /// <summary>Times the loop; null if there is no correct loop.</summary>
    public LoopTimings? Of(IReadOnlyList<ExerciseGrade> grades, Workplace place, CancellationToken cancel)
    {
        if (!grades.Any(grade => grade.Id == Loop && grade.Checks.Any(check => check is { Name: "greedy", Credited: true })))
            return null;
        place.Put(Path.GetFileName(place.Reference), decoders.Reference(cancel));
        lock (OneAtATime)
            return Timed(place, cancel) is { } timed ? new(timed, Machine.Describe(), time.GetUtcNow()) : null;
    }

    private TimedDecoders? Timed(Workplace place, CancellationToken cancel)
    {
        TimedDecoders? timed = null;
        processes.Talk(place, place.Answers, candidate => processes.Talk(place, place.Reference, yardsticks =>
        {
            var thread = new Thread(() =>
            {
                try
                {
                    timed = TimedRun.Of(candidate, yardsticks);
                }
                catch (Exception)
                {
                    // The loop passed its checks, but behaves differently now: there is nothing to compare.
                }
            })
            { IsBackground = true };
            thread.Start();
            candidate.Clock.Join(thread, Longest);
        }, cancel), cancel);
        return timed;
    }
}
