using System.Diagnostics;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Runs a suite of checks on an answer. Each check has its own thread, time limit and instance of the answer, so that one cannot disturb
/// another.
/// </summary>
public static class CheckRunner
{
    /// <summary>The time limit of one check. A correct answer takes well under a tenth of it on a laptop.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);

    private const int Stack = 16 * 1024 * 1024;

    /// <summary>
    /// Threads cannot be killed. After this many checks that did not end, no processor is left, and the others are not run.
    /// </summary>
    private const int MostEndless = 2;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static Func<bool>? givenUp;

    [ThreadStatic]
    private static string? remark;

    public static IEnumerable<CheckOutcome> Run(CheckSuite suite, IAdapter adapter, Variation variation, TimeSpan? limit = null)
    {
        var endless = 0;
        foreach (var check in suite.Checks)
        {
            var outcome = endless < MostEndless
                ? Run(suite, check, adapter, variation, limit ?? DefaultLimit)
                : NotRun(suite, check, $"Not run: {MostEndless} checks before it did not end.");
            endless += outcome.Verdict == Verdict.TimedOut ? 1 : 0;
            yield return outcome;
        }
    }

    private static CheckOutcome NotRun(CheckSuite suite, Check check, string why) =>
        new(suite.Exercise, check.Name, Verdict.TimedOut, why, check.Why, check.Where, 0);

    /// <summary>
    /// Measurements and picture of an answer that ran through every check, whether it passed or failed, so that the candidate can see the
    /// effect of a change. Empty if a check crashed or timed out.
    /// </summary>
    public static Figures Measure(CheckSuite suite, IEnumerable<CheckOutcome> outcomes, IAdapter adapter, Variation variation)
    {
        if (outcomes.Any(outcome => outcome.Verdict is not (Verdict.Passed or Verdict.Failed)))
            return new([], null);
        try
        {
            var answer = adapter.AnswerTo(suite.Exercise);
            return new([.. suite.Measure(answer, variation)], suite.Picture(answer, variation));
        }
        catch (Exception e) // a wrong answer may throw anything
        {
            return new([$"no measurement: {e.GetType().Name}: {e.Message}"], null);
        }
    }

    /// <summary>Runs one check.</summary>
    /// <param name="suite">The suite that the check belongs to.</param>
    /// <param name="check">The check to run.</param>
    /// <param name="adapter">Makes the answer.</param>
    /// <param name="variation">The data of the check.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="spent">The time that the answer has taken so far; null for elapsed time.</param>
    public static CheckOutcome Run(
        CheckSuite suite, Check check, IAdapter adapter, Variation variation, TimeSpan limit, Func<TimeSpan>? spent = null)
    {
        var watch = Stopwatch.StartNew();
        spent ??= () => watch.Elapsed;
        var over = false;
        (Verdict Verdict, string What, bool IsBreach)? judged = null;
        var remarked = "";
        // An exception's message may be code of the answer, too, so it is read inside the time limit.
        var thread = new Thread(
            () =>
            {
                givenUp = () => Volatile.Read(ref over);
                var thrown = Thrown(suite, check, adapter, variation);
                remarked = remark ?? "";
                judged = Judged(thrown);
            },
            Stack)
        { IsBackground = true };
        thread.Start();
        while (!thread.Join(Glance) && spent() <= limit)
        {
        }
        var (verdict, what, isBreach) = judged
            ?? (Verdict.TimedOut, $"No answer within {limit.TotalSeconds:0.#} s. Look for a loop that never ends.", false);
        Volatile.Write(ref over, true);
        // If the property was not tested, the check's own advice would be misleading.
        var (why, where) = isBreach
            ? ("The answer broke the contract, so the property that the check is named after was not tested.",
                "where the message says")
            : (check.Why, check.Where);
        return new(suite.Exercise, check.Name, verdict, what, why, where, watch.Elapsed.TotalSeconds)
        {
            IsBreach = isBreach,
            Remark = judged is null ? "" : remarked,
        };
    }

    /// <summary>Notes how the verdict of the current check was reached (<see cref="CheckOutcome.Remark"/>).</summary>
    internal static void Remark(string how) => remark = how;

    /// <summary>Called between the many runs of an enumeration.</summary>
    /// <exception cref="OperationCanceledException">The check has timed out, and its result is no longer needed.</exception>
    internal static void RequireWanted()
    {
        if (givenUp?.Invoke() == true)
            throw new OperationCanceledException("The check has timed out.");
    }

    private static Exception? Thrown(CheckSuite suite, Check check, IAdapter adapter, Variation variation)
    {
        try
        {
            var answer = adapter.AnswerTo(suite.Exercise);
            if (!suite.Contract.IsInstanceOfType(answer))
                throw new CheckFailedException(
                    $"The adapter's answer is {answer?.GetType().Name ?? "null"}, which does not implement "
                    + $"{suite.Contract.Name}. See Adapter.cs.");
            check.Run(answer, variation);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static (Verdict Verdict, string What, bool IsBreach) Judged(Exception? thrown)
    {
        try
        {
            return Judge(thrown);
        }
        catch (Exception e)
        {
            return (Verdict.Crashed, $"{thrown?.GetType().Name}, whose message throws {e.GetType().Name}.", false);
        }
    }

    private static (Verdict Verdict, string What, bool IsBreach) Judge(Exception? thrown) => thrown switch
    {
        null => (Verdict.Passed, "", false),
        NotImplementedException => (Verdict.Unfinished, $"not done yet: {thrown.Message}", false),
        CheckFailedException or LawTooLargeException => (Verdict.Failed, thrown.Message, false),
        CourseException => (Verdict.Failed, thrown.Message, true),
        AnswerCrashedException => (Verdict.Crashed, thrown.Message, false),
        _ => (Verdict.Crashed, $"{thrown.GetType().Name}: {thrown.Message} ({FirstFrame(thrown)})", false),
    };

    private static string FirstFrame(Exception thrown) => thrown.StackTrace?.Split('\n')[0].Trim() ?? "no stack trace";
}

/// <summary>The measurements of an answer.</summary>
/// <param name="Lines">Measurements, a line of text each.</param>
/// <param name="Picture">The picture as SVG; null if there is none.</param>
public readonly record struct Figures(IReadOnlyList<string> Lines, string? Picture);
