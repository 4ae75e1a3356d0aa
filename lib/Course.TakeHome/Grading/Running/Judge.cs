using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Judging;

namespace Course.TakeHome.Grading.Running;

/// <summary>What came of a check, and whether it was a hidden one.</summary>
internal sealed record Judged(CheckOutcome Outcome, bool Hidden);

/// <summary>What checking an exercise came to.</summary>
/// <param name="Outcomes">Of checks, in the exercise's order; one that was not reached is missing.</param>
/// <param name="Picture">The answer's chart as SVG, drawn here from what it says is in it; null where there is none.</param>
/// <param name="Remarks">What the hidden checks measured of an answer that passes them all and could be better.</param>
/// <param name="Trouble">How the process ended where it did not end well; null where it did.</param>
internal sealed record JudgedExercise(IReadOnlyList<Judged> Outcomes, string? Picture, IReadOnlyList<string> Remarks, string? Trouble);

/// <summary>
/// Holds compiled answers to their checks. The checks run here, in the judging process; an answer runs in a process of its own and is asked
/// over a wire. A process that ended, or did not answer in time, is replaced once.
/// </summary>
internal sealed class Judge(CandidateProcess processes, TimeSpan perCheck)
{
    private const int MostProcesses = 3, LargestPicture = 200_000;

    /// <param name="exercise">Which.</param>
    /// <param name="seed">Of the candidate's folder.</param>
    /// <param name="salt">The grader's.</param>
    /// <param name="place">Holds the compiled answers.</param>
    /// <param name="budget">Of the archive.</param>
    /// <param name="cancel">Ends it.</param>
    public JudgedExercise Check(Exercise exercise, ulong seed, string salt, Workplace place, TimeBudget budget, CancellationToken cancel)
    {
        var variation = new Variation(DataSeed(exercise, seed, salt), exercise.Id, $"grading/{salt}");
        var order = new Random(variation.SeedOf("order"));
        var open = new Queue<(CheckSuite Suite, Check Check)>(All(exercise).OrderBy(_ => order.Next()));
        Dictionary<Check, CheckOutcome> outcomes = [];
        string? picture = null, trouble = null;
        IReadOnlyList<string> remarks = [];
        for (var process = 0; process < MostProcesses && open.Count > 0 && !budget.IsSpent; process++)
        {
            Check? broken = null;
            var ended = processes.Talk(place, place.Answers, judge =>
            {
                broken = Ask(judge, open, outcomes, variation, budget);
                if (broken is not null || open.Count > 0)
                    return;
                var drawn = Measured(exercise.Visible, judge, variation, outcomes).Picture;
                picture = drawn?.Length <= LargestPicture ? drawn : null;
                if (exercise.Hidden.Checks.All(check => outcomes[check].Verdict == Verdict.Passed))
                    remarks = Measured(exercise.Hidden, judge, variation, outcomes).Lines;
            }, cancel);
            if (ended is not null)
                trouble = $"{ended}, {(broken is null ? "after the last check" : $"in the check \"{broken.Name}\"")}.";
            if (ended is not null && broken is not null && outcomes[broken].Verdict != Verdict.TimedOut)
                outcomes[broken] = outcomes[broken] with { Verdict = Verdict.Crashed, What = $"{ended}." };
        }
        var reached = All(exercise).Where(one => outcomes.ContainsKey(one.Check));
        return new([.. reached.Select(one => new Judged(outcomes[one.Check], one.Suite == exercise.Hidden))], picture, remarks, trouble);
    }

    /// <summary>
    /// The numbers of the candidate's own card could be written down in an answer. Where an answer is right whatever the
    /// seed, grading takes others.
    /// </summary>
    public static ulong DataSeed(Exercise exercise, ulong seed, string salt) =>
        exercise.AnswerVaries ? seed : BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"grading/{salt}/{seed}")));

    private static IEnumerable<(CheckSuite Suite, Check Check)> All(Exercise exercise) =>
        new[] { exercise.Visible, exercise.Hidden }.SelectMany(suite => suite.Checks.Select(check => (suite, check)));

    /// <summary>Asks until all is asked, or until the process is of no use any more.</summary>
    /// <returns>The check that it broke in; null where it did not.</returns>
    private Check? Ask(
        JudgeSide judge, Queue<(CheckSuite Suite, Check Check)> open, Dictionary<Check, CheckOutcome> outcomes, Variation variation,
        TimeBudget budget)
    {
        while (!budget.IsSpent && open.TryDequeue(out var next))
        {
            var spent = judge.Clock.Start();
            outcomes[next.Check] = CheckRunner.Run(next.Suite, next.Check, judge, variation, perCheck, spent);
            budget.Spend(spent());
            if (outcomes[next.Check].Verdict == Verdict.TimedOut || judge.Wire.IsBroken)
                return next.Check;
        }
        return null;
    }

    private Figures Measured(CheckSuite suite, JudgeSide judge, Variation variation, Dictionary<Check, CheckOutcome> outcomes)
    {
        Figures? figures = null;
        void Measure() => figures = CheckRunner.Measure(suite, suite.Checks.Select(check => outcomes[check]), judge, variation);
        var thread = new Thread(Measure) { IsBackground = true };
        thread.Start();
        judge.Clock.Join(thread, perCheck);
        return figures ?? new([], null);
    }
}
