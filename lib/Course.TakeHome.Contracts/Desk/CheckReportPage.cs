using System.Net;
using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>A check's report as a notebook shows it. What an answer said of itself is text there.</summary>
internal static class CheckReportPage
{
    private const string Right = "#2e7d4f", Wrong = "#b5482a", Open = "#7a7f8c";

    public static string Write(CheckReport report)
    {
        var page = new StringBuilder("<div style=\"max-width: 60em\">");
        foreach (var exercise in report.Lines.GroupBy(line => line.Outcome?.Exercise ?? line.Exercise))
            Write(page, exercise.Key!, [.. exercise]);
        return page.Append(report.Picture).Append("</div>").ToString();
    }

    private static void Write(StringBuilder page, string exercise, CheckLine[] lines)
    {
        CheckOutcome[] outcomes = [.. lines.Select(line => line.Outcome).OfType<CheckOutcome>()];
        page.Append($"<p><b>{Text(exercise)}</b>: {outcomes.Count(outcome => outcome.Verdict == Verdict.Passed)} of {outcomes.Length} checks pass</p>");
        if (outcomes.Length > 0 && outcomes.All(outcome => outcome.Verdict == Verdict.Unfinished))
        {
            page.Append($"<p>{Mark(Verdict.Unfinished)} {Text(outcomes[0].What)}</p>");
            return;
        }
        foreach (var outcome in outcomes)
            Write(page, outcome);
        foreach (var measured in lines.Select(line => line.Measured).OfType<string>())
            page.Append($"<div style=\"margin-left: 1.5em\"><code>{Text(measured)}</code></div>");
    }

    private static void Write(StringBuilder page, CheckOutcome outcome)
    {
        page.Append($"<div>{Mark(outcome.Verdict)} {Text(outcome.Check)}</div>");
        if (outcome.Verdict != Verdict.Passed)
            page.Append($"<div style=\"margin: .2em 0 .8em 1.5em\">{Text(outcome.What)}<br><i>Why it matters:</i> {Text(outcome.Why)}<br><i>Where to look:</i> {Text(outcome.Where)}</div>");
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Passed => $"<span style=\"color: {Right}\">✓</span>",
        Verdict.Unfinished => $"<span style=\"color: {Open}\">…</span>",
        _ => $"<span style=\"color: {Wrong}\">✗</span>",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
