using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Judging;

namespace Course.TakeHome.Grading.Running;

/// <summary>The outcome of a check, and whether the check is hidden.</summary>
internal sealed record Judged(CheckOutcome Outcome, bool Hidden);

/// <summary>The result of checking an exercise.</summary>
/// <param name="Outcomes">The outcomes, in the order of the checks, without checks that were not reached.</param>
/// <param name="Picture">The answer's chart as SVG, drawn in this process from the chart's data; null if there is none.</param>
/// <param name="Remarks">Measurements of the hidden suite about an answer that passes all its checks and could still be better.</param>
/// <param name="Trouble">How the process ended, if not normally; otherwise null.</param>
internal sealed record JudgedExercise(IReadOnlyList<Judged> Outcomes, string? Picture, IReadOnlyList<string> Remarks, string? Trouble);

/// <summary>
/// Runs the checks of compiled answers. The checks run in the judging process; an answer runs in its own process and is called over a wire.
/// A process that has ended, or has not answered in time, is replaced, up to twice.
/// </summary>
internal sealed class Judge(CandidateProcess processes, TimeSpan perCheck)
{
    private const int MostProcesses = 3, LargestPicture = 200_000;

    /// <summary>Runs the visible and the hidden checks of an exercise, in an order that the salt decides.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="seed">The seed of the candidate's folder.</param>
    /// <param name="salt">The grader's salt.</param>
    /// <param name="place">The workplace with the compiled answers.</param>
    /// <param name="budget">The time budget of the archive.</param>
    /// <param name="cancel">Cancels grading.</param>
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
    /// The seed of the data for grading. An answer could contain the numbers of the candidate's own card, so grading uses other numbers if
    /// the correct answer does not depend on the seed.
    /// </summary>
    public static ulong DataSeed(Exercise exercise, ulong seed, string salt) =>
        exercise.AnswerVaries ? seed : BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"grading/{salt}/{seed}")));

    private static IEnumerable<(CheckSuite Suite, Check Check)> All(Exercise exercise) =>
        new[] { exercise.Visible, exercise.Hidden }.SelectMany(suite => suite.Checks.Select(check => (suite, check)));

    /// <summary>Runs checks until all are done, or until the process cannot be used any more.</summary>
    /// <returns>The check during which the process became unusable; null if it is still usable.</returns>
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
