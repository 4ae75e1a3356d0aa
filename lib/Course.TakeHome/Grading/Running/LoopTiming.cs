using Course.Inference.Measurement;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Running;

/// <summary>Times a loop that is right: how long a wrong one takes says nothing.</summary>
internal sealed class LoopTiming(CandidateProcess processes, DecoderBuild decoders, TimeProvider time)
{
    private const string Loop = "loop";

    /// <summary>A right loop is timed in a few seconds; one that waits for the clock to be there gets no longer than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Two clocks at once would time each other.
    private static readonly Lock OneAtATime = new();

    /// <summary>Null where there is nothing to time.</summary>
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
                    // It passed its checks, and does something else now: there is nothing to compare.
                }
            })
            { IsBackground = true };
            thread.Start();
            candidate.Clock.Join(thread, Longest);
        }, cancel), cancel);
        return timed;
    }
}
