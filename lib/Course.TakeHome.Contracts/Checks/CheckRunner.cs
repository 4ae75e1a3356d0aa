using System.Diagnostics;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Holds an answer to a suite. Each check has a thread and a time limit of its own, and what one check breaks another does not see.
/// </summary>
public static class CheckRunner
{
    /// <summary>Calibrated against a right answer, which takes well under a tenth of it on a laptop.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);

    private const int Stack = 16 * 1024 * 1024;

    /// <summary>Threads cannot be ended: after so many that do not end there is no processor left for the others.</summary>
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
    /// Figures and picture of an answer that got through every check, right or wrong, so that a change shows in them;
    /// nothing where it did not.
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
        catch (Exception e) // what a wrong answer does
        {
            return new([$"no measurement: {e.GetType().Name}: {e.Message}"], null);
        }
    }

    /// <summary>Runs one check.</summary>
    /// <param name="suite">The check's.</param>
    /// <param name="check">Which.</param>
    /// <param name="adapter">Makes the answer.</param>
    /// <param name="variation">What the check asks about.</param>
    /// <param name="limit">How long the answer may take.</param>
    /// <param name="spent">How long it has taken; null for the clock on the wall.</param>
    public static CheckOutcome Run(
        CheckSuite suite, Check check, IAdapter adapter, Variation variation, TimeSpan limit, Func<TimeSpan>? spent = null)
    {
        var watch = Stopwatch.StartNew();
        spent ??= () => watch.Elapsed;
        var over = false;
        (Verdict Verdict, string What, bool IsBreach)? judged = null;
        var remarked = "";
        // The message of an exception is the answer's code, too: it is read inside the limit.
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
        // Advice about what was not judged would lead astray.
        var (why, where) = isBreach
            ? ("What breaks the contract cannot be judged. This says nothing yet about what the check is named after.",
                "what the message names")
            : (check.Why, check.Where);
        return new(suite.Exercise, check.Name, verdict, what, why, where, watch.Elapsed.TotalSeconds)
        {
            IsBreach = isBreach,
            Remark = judged is null ? "" : remarked,
        };
    }

    /// <summary>Says how the verdict of the check that runs here was come by.</summary>
    internal static void Remark(string how) => remark = how;

    /// <summary>For walks of many runs: ends them when nobody waits for the check any more.</summary>
    internal static void RequireWanted()
    {
        if (givenUp?.Invoke() == true)
            throw new OperationCanceledException("The check was given up.");
    }

    private static Exception? Thrown(CheckSuite suite, Check check, IAdapter adapter, Variation variation)
    {
        try
        {
            var answer = adapter.AnswerTo(suite.Exercise);
            if (!suite.Contract.IsInstanceOfType(answer))
                throw new CheckFailedException(
                    $"The adapter's answer is {answer?.GetType().Name ?? "null"}, which is no {suite.Contract.Name}. See Adapter.cs.");
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

/// <summary>What an answer's measurement came to.</summary>
/// <param name="Lines">For reading.</param>
/// <param name="Picture">As SVG; null where there is none.</param>
public readonly record struct Figures(IReadOnlyList<string> Lines, string? Picture);
