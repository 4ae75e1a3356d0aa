using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Judging;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Running;

/// <summary>The result of running a suite of tests once on one decoder.</summary>
/// <param name="Suspect">The decoder.</param>
/// <param name="Objecting">The names of the tests that threw.</param>
/// <param name="Objection">The message of the first of them.</param>
/// <param name="Ended">Whether all tests ended.</param>
internal sealed record Showing(Suspect Suspect, IReadOnlyList<string> Objecting, string Objection, bool Ended);

/// <summary>
/// Shows decoders to a candidate's tests. The tests run in the candidate's process, the decoders in this one. Neither name nor order
/// reveals which decoders are wrong: the salt shuffles them, and correct ones are shown once more after all others.
/// </summary>
internal sealed class SuspectTrial(CandidateProcess processes, TimeSpan perDecoder)
{
    private const int MostProcesses = 3;

    /// <summary>Runs the tests on all suspects.</summary>
    /// <param name="decoders">Creates a decoder from a suspect.</param>
    /// <param name="salt">The grader's salt.</param>
    /// <param name="place">The workplace with the compiled answers.</param>
    /// <param name="budget">The time budget of the archive.</param>
    /// <param name="cancel">Cancels grading.</param>
    /// <returns>The showings, and how the process ended, if not normally.</returns>
    public (IReadOnlyList<Showing> Showings, string? Trouble) Run(
        Func<Suspect, ISpeculativeDecoder> decoders, string salt, Workplace place, TimeBudget budget, CancellationToken cancel)
    {
        var random = new Random(new Variation(0, "tests", salt).SeedOf("suspects"));
        var open = new Queue<Suspect>(
            [.. Suspects.All.OrderBy(_ => random.Next()), .. Suspects.All.Where(suspect => suspect.Right).OrderBy(_ => random.Next())]);
        List<Showing> showings = [];
        string? trouble = null;
        for (var process = 0; process < MostProcesses && open.Count > 0 && !budget.IsSpent; process++)
        {
            var ended = processes.Talk(place, place.Answers, judge =>
            {
                while (!budget.IsSpent && open.TryDequeue(out var suspect))
                {
                    showings.Add(Show(judge, suspect, decoders, budget));
                    if (!showings[^1].Ended || judge.Wire.IsBroken)
                        return;
                }
            }, cancel);
            trouble = ended is null ? trouble : $"{ended}, on decoder {showings.Count} of {showings.Count + open.Count}.";
        }
        return (showings, trouble);
    }

    private Showing Show(JudgeSide judge, Suspect suspect, Func<Suspect, ISpeculativeDecoder> decoders, TimeBudget budget)
    {
        Showing? showing = null;
        var thread = new Thread(() => showing = Judged(judge, suspect, decoders)) { IsBackground = true };
        thread.Start();
        budget.Spend(judge.Clock.Join(thread, perDecoder));
        return showing ?? new(suspect, [], "", Ended: false);
    }

    private static Showing Judged(JudgeSide judge, Suspect suspect, Func<Suspect, ISpeculativeDecoder> decoders)
    {
        List<string> objecting = [];
        var first = "";
        try
        {
            foreach (var test in ((IDecoderTests)judge.AnswerTo("tests")).Tests.Where(test => test.Run is not null))
                // a new instance for each test, so that tests cannot disturb each other
                if (Objection(test, decoders(suspect)) is { } objection)
                {
                    objecting.Add(test.Name);
                    first = objecting.Count == 1 ? objection : first;
                }
            return new(suspect, objecting, first, Ended: true);
        }
        catch (WireException)
        {
            return new(suspect, objecting, first, Ended: false);
        }
        catch (Exception)
        {
            return new(suspect, objecting, first, Ended: true); // the list of tests cannot be read; the checks report why
        }
    }

    private static string? Objection(DecoderTest test, ISpeculativeDecoder decoder)
    {
        try
        {
            test.Run(decoder);
            return null;
        }
        catch (Exception e) when (e is not WireException)
        {
            return e.Message;
        }
    }
}
