using System.Globalization;
using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>One line of the report of a check process: the outcome of a check, or a measurement.</summary>
/// <param name="Outcome">The outcome of a check; null for a measurement.</param>
/// <param name="Exercise">The exercise that was measured; null for an outcome.</param>
/// <param name="Measured">The measurement; null for an outcome.</param>
public sealed record CheckLine(CheckOutcome? Outcome = null, string? Exercise = null, string? Measured = null);

/// <summary>
/// Runs the checks in the process that holds the candidate's code, and writes each outcome to a file at once, so that a crash loses only
/// the current one.
/// </summary>
public static class CheckHost
{
    /// <summary>Runs the visible checks of some exercises, and ends the process.</summary>
    /// <param name="args">The file to report to, the seed, and the ids of the exercises.</param>
    /// <param name="adapter">The candidate's adapter.</param>
    public static int Run(string[] args, IAdapter adapter)
    {
        if (args.Length < 3)
        {
            Console.Error.WriteLine("This program is started by the take-home command. Run: ./take-home check");
            return 2;
        }
        using var report = new StreamWriter(args[0]) { AutoFlush = true };
        void Tell(CheckLine line) => report.WriteLine(JsonSerializer.Serialize(line, CheckReport.OneLine));
        foreach (var suite in args[2..].Select(id => CheckSuite.Visible.Single(suite => suite.Exercise == id)))
            Run(suite, adapter, new(ulong.Parse(args[1], CultureInfo.InvariantCulture), suite.Exercise), Tell);
        Environment.Exit(0); // checks that timed out are still running
        return 0;
    }

    private static void Run(CheckSuite suite, IAdapter adapter, Variation variation, Action<CheckLine> tell)
    {
        List<CheckOutcome> outcomes = [];
        foreach (var outcome in CheckRunner.Run(suite, adapter, variation))
        {
            outcomes.Add(outcome);
            tell(new(outcome));
        }
        var figures = CheckRunner.Measure(suite, outcomes, adapter, variation);
        foreach (var line in figures.Lines)
            tell(new(Exercise: suite.Exercise, Measured: line));
        if (figures.Picture is { } picture)
            File.WriteAllText(Path.Combine(HandInLayout.Exercises, suite.Exercise, HandInLayout.Picture), picture);
    }
}
