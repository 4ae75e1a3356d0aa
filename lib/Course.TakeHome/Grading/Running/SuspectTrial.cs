using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Judging;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Running;

/// <summary>What a suite of tests made of one decoder, one time that it was shown.</summary>
/// <param name="Suspect">Which.</param>
/// <param name="Objecting">The tests that threw, by name.</param>
/// <param name="Objection">What the first of them said.</param>
/// <param name="Ended">Whether all tests came to an end.</param>
internal sealed record Showing(Suspect Suspect, IReadOnlyList<string> Objecting, string Objection, bool Ended);

/// <summary>
/// Puts decoders before a candidate's tests. The tests run in the candidate's process, the decoders here; neither name nor order says which
/// is which: the salt shuffles them, and right ones come again behind all others.
/// </summary>
internal sealed class SuspectTrial(CandidateProcess processes, TimeSpan perDecoder)
{
    private const int MostProcesses = 3;

    /// <param name="decoders">Makes a decoder of a suspect.</param>
    /// <param name="salt">The grader's.</param>
    /// <param name="place">Holds the compiled answers.</param>
    /// <param name="budget">Of the archive.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Each showing, and how the process ended where it did not end well.</returns>
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
                if (Objection(test, decoders(suspect)) is { } objection) // another one for each test: what one broke the next does not see
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
            return new(suspect, objecting, first, Ended: true); // the list cannot be read: the checks have said what is wrong with it
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
