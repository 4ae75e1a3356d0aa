using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Contracts;
using Course.TakeHome.Hidden;

namespace Course.TakeHome.Runner;

/// <summary>One task on one exercise of one candidate; each result is stated as it comes, so that whatever ends the process loses one and not all.</summary>
public static class RunnerProgram
{
    private const int LargestPicture = 200_000;

    /// <summary>How a <see cref="RunnerRequest"/> is written.</summary>
    public static JsonSerializerOptions Format { get; } = new() { Converters = { new JsonStringEnumConverter() } };

    public static int Run(Stream input, Stream output)
    {
        var request = JsonSerializer.Deserialize<RunnerRequest>(input, Format)!;
        var key = Convert.FromHexString(request.Key);
        // Own stream, nothing buffered: what candidates print goes nowhere and could not go between.
        using var writer = new StreamWriter(output) { AutoFlush = true };
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        var number = 0;
        foreach (var line in Lines(request).Append(new(0, Last: true)))
            writer.WriteLine(SignedLine.Of(line with { Number = number++ }, key));
        Environment.Exit(0); // what timed out is still running
        return 0;
    }

    private static IEnumerable<RunnerLine> Lines(RunnerRequest request) => request.Task switch
    {
        RunnerTask.Suspects => SuspectRun.Outcomes(request).Select(outcome => new RunnerLine(0, Suspect: outcome)),
        RunnerTask.Time => [new(0, Timed: TimedRun.Of(request))],
        _ => Checked(request),
    };

    private static IEnumerable<RunnerLine> Checked(RunnerRequest request)
    {
        var adapter = new LateAdapter(request.Assembly);
        var variation = new Variation(request.Seed, request.Exercise, request.Trial);
        var limit = TimeSpan.FromSeconds(request.SecondsPerCheck);
        var visible = CheckSuite.Visible.Single(suite => suite.Exercise == request.Exercise);
        List<CheckOutcome> outcomes = [];
        foreach (var outcome in CheckRunner.Run(visible, adapter, variation, limit))
        {
            outcomes.Add(outcome);
            yield return new(0, outcome);
        }
        foreach (var outcome in CheckRunner.Run(HiddenSuites.All.Single(suite => suite.Exercise == request.Exercise), adapter, variation, limit))
            yield return new(0, outcome, Hidden: true);
        if (Picture(() => CheckRunner.Measure(visible, outcomes, adapter, variation), limit) is { Length: <= LargestPicture } picture)
            yield return new(0, Picture: picture);
    }

    private static string? Picture(Func<Figures> measured, TimeSpan limit)
    {
        string? picture = null;
        var thread = new Thread(() => picture = measured().Picture) { IsBackground = true };
        thread.Start();
        thread.Join(limit);
        return picture;
    }
}
