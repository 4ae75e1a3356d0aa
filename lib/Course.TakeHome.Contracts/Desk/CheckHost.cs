using System.Globalization;
using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>One line of what a check process reports.</summary>
/// <param name="Outcome">Of a check that ended.</param>
/// <param name="Exercise">Of a measurement.</param>
/// <param name="Measured">A measurement.</param>
public sealed record CheckLine(CheckOutcome? Outcome = null, string? Exercise = null, string? Measured = null);

/// <summary>
/// What runs in the process that holds the candidate's code: the checks, and each outcome to a file as it comes, so that a
/// crash loses one and not all.
/// </summary>
public static class CheckHost
{
    /// <param name="args">The file to report to, the seed, and the ids of the exercises.</param>
    /// <param name="adapter">The candidate's.</param>
    public static int Run(string[] args, IAdapter adapter)
    {
        if (args.Length < 3)
        {
            Console.Error.WriteLine("This program is started by the take-home's own command. Run: ./take-home check");
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
