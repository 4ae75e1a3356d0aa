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
        foreach (var exercise in report.Exercises)
            Write(page, exercise);
        return page.Append(report.Picture).Append("</div>").ToString();
    }

    private static void Write(StringBuilder page, ExerciseReport exercise)
    {
        page.Append($"<p><b>{Text(exercise.Id)}</b>: {exercise.Summary}</p>");
        if (exercise.Unfinished is { } unfinished)
        {
            page.Append($"<p>{Mark(Verdict.Unfinished)} {Text(unfinished)}</p>");
            return;
        }
        foreach (var judged in exercise.Judged)
            Write(page, judged);
        if (exercise.NotRun is { } notRun)
            page.Append($"<div>– {Text(notRun)}</div>");
        if (exercise is { Measured.Count: > 0, Passed: false })
            page.Append("<div style=\"margin-left: 1.5em\">Measured, although not every check passes; these are the figures of what you have now:</div>");
        foreach (var measured in exercise.Measured)
            page.Append($"<div style=\"margin-left: 1.5em\"><code>{Text(measured)}</code></div>");
    }

    private static void Write(StringBuilder page, JudgedCheck judged)
    {
        page.Append($"<div>{Mark(judged.Outcome.Verdict)} {Text(judged.Outcome.Check)}</div>");
        if (judged.Outcome.Verdict == Verdict.Passed)
            return;
        page.Append($"<div style=\"margin: .2em 0 .8em 1.5em\">{Text(judged.What)}");
        if (judged.FollowsFrom is { } cause)
            page.Append($"<br><i>This may only follow from</i> {Text(cause)}: mend that first.");
        if (judged.Advice is var (why, where))
            page.Append($"<br><i>Why it matters:</i> {Text(why)}<br><i>Where to look:</i> {Text(where)}");
        page.Append("</div>");
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Passed => $"<span style=\"color: {Right}\">✓</span>",
        Verdict.Unfinished => $"<span style=\"color: {Open}\">…</span>",
        _ => $"<span style=\"color: {Wrong}\">✗</span>",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(SafeText.Lines(text));
}
