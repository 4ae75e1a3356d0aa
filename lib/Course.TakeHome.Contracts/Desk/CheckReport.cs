using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.TakeHome.Contracts;

/// <summary>What a check of a folder came to.</summary>
/// <param name="BuildErrors">Of the compiler; then nothing was run.</param>
/// <param name="Lines">Outcomes and measurements.</param>
/// <param name="Trouble">How the process ended where it did not end well; null where it did.</param>
/// <param name="Picture">Of the answer's own, as SVG; null where there is none.</param>
[TypeFormatterSource(typeof(CheckReportFormatters), PreferredMimeTypes = [CheckReportFormatters.Html, CheckReportFormatters.Plain])]
public sealed record CheckReport(IReadOnlyList<string> BuildErrors, IReadOnlyList<CheckLine> Lines, string? Trouble, string? Picture = null)
{
    internal static JsonSerializerOptions OneLine { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public IReadOnlyList<CheckOutcome> Outcomes => [.. Lines.Select(line => line.Outcome).OfType<CheckOutcome>()];

    public bool Passed => BuildErrors.Count == 0 && Trouble is null && Outcomes.All(outcome => outcome.Verdict == Verdict.Passed);

    /// <summary>For a terminal and for a notebook: what failed, why it matters, where to look.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (BuildErrors.Count > 0)
            text.AppendLine("It does not compile, so nothing was checked:").AppendLine().AppendJoin('\n', BuildErrors).AppendLine();
        foreach (var exercise in Lines.GroupBy(line => line.Outcome?.Exercise ?? line.Exercise))
            Write(text, exercise.Key!, [.. exercise]);
        if (Trouble is not null)
            text.AppendLine().AppendLine(Trouble);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string exercise, CheckLine[] lines)
    {
        CheckOutcome[] outcomes = [.. lines.Select(line => line.Outcome).OfType<CheckOutcome>()];
        text.Append($"\n{exercise}: {outcomes.Count(outcome => outcome.Verdict == Verdict.Passed)} of {outcomes.Length} checks pass\n");
        if (outcomes.Length > 0 && outcomes.All(outcome => outcome.Verdict == Verdict.Unfinished))
        {
            text.Append($"  … {outcomes[0].What}\n");
            return;
        }
        var said = "";
        foreach (var outcome in outcomes)
        {
            Write(text, outcome, outcome.What == said ? "the same" : outcome.What);
            said = outcome.Verdict == Verdict.Passed ? said : outcome.What;
        }
        foreach (var measured in lines.Select(line => line.Measured).OfType<string>())
            text.Append($"    {measured}\n");
    }

    private static void Write(StringBuilder text, CheckOutcome outcome, string what)
    {
        text.Append(outcome.Verdict switch { Verdict.Passed => "  ✓ ", Verdict.Unfinished => "  … ", _ => "  ✗ " }).Append(outcome.Check).Append('\n');
        if (outcome.Verdict == Verdict.Passed)
            return;
        text.Append($"      what   {what}\n      why    {outcome.Why}\n      where  {outcome.Where}\n");
    }
}
