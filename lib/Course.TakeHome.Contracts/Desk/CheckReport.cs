using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.TakeHome.Contracts;

/// <summary>The result of checking a folder or a notebook.</summary>
/// <param name="BuildErrors">Errors of the compiler. If there are any, no check was run.</param>
/// <param name="Lines">Outcomes and measurements.</param>
/// <param name="Trouble">How the process ended, if not normally; otherwise null.</param>
/// <param name="Picture">The answer's picture as SVG; null if there is none.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record CheckReport(
    IReadOnlyList<string> BuildErrors, IReadOnlyList<CheckLine> Lines, string? Trouble, string? Picture = null) : IRichDisplay
{
    internal static JsonSerializerOptions OneLine { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public IReadOnlyList<CheckOutcome> Outcomes => [.. Lines.Select(line => line.Outcome).OfType<CheckOutcome>()];

    public bool Passed => BuildErrors.Count == 0 && Trouble is null && Exercises.All(exercise => exercise.Passed);

    /// <summary>The report of each exercise, in the order in which they ran.</summary>
    internal IReadOnlyList<ExerciseReport> Exercises =>
        [.. Lines.GroupBy(line => line.Outcome?.Exercise ?? line.Exercise!).Select(lines => new ExerciseReport(lines.Key, [.. lines]))];

    public string ToHtml() => CheckReportPage.Write(this);

    /// <summary>The report as text, for a terminal: what failed, why it matters, where to look.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (BuildErrors.Count > 0)
            text.AppendLine("It does not compile, so nothing was checked:").AppendLine().AppendJoin('\n', BuildErrors).AppendLine();
        foreach (var exercise in Exercises)
            Write(text, exercise);
        if (Trouble is not null)
            text.AppendLine().AppendLine(SafeText.Lines(Trouble));
        return text.ToString();
    }

    private static void Write(StringBuilder text, ExerciseReport exercise)
    {
        text.Append($"\n{exercise.Id}: {exercise.Summary}\n");
        if (exercise.Unfinished is { } unfinished)
        {
            text.Append($"  … {unfinished}\n");
            return;
        }
        foreach (var judged in exercise.Judged)
            Write(text, judged);
        if (exercise.NotRun is { } notRun)
            text.Append($"  – {notRun}\n");
        if (exercise is { Measured.Count: > 0, Passed: false })
            text.Append("    Measured, although not every check passes; these are the figures of your current answer:\n");
        foreach (var measured in exercise.Measured)
            text.Append($"    {SafeText.Line(measured)}\n");
    }

    private static void Write(StringBuilder text, JudgedCheck judged)
    {
        var outcome = judged.Outcome;
        text.Append(outcome.Verdict switch { Verdict.Passed => "  ✓ ", Verdict.Unfinished => "  … ", _ => "  ✗ " }).Append(outcome.Check)
            .Append('\n');
        if (outcome.Verdict == Verdict.Passed)
            return;
        text.Append($"      what   {judged.What}\n");
        if (judged.FollowsFrom is { } cause)
            text.Append($"      cause  this may only follow from \"{cause}\": fix that first\n");
        if (judged.Advice is var (why, where))
            text.Append($"      why    {why}\n      where  {where}\n");
    }
}
