using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>A check report as HTML for a notebook. Text that an answer produced is encoded, never markup.</summary>
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
        page.Append(Html.Of($"<p><b>{SafeText.Lines(exercise.Id)}</b>: {exercise.Summary}</p>"));
        if (exercise.Unfinished is { } unfinished)
        {
            page.Append(Html.Of($"<p>{Mark(Verdict.Unfinished)} {SafeText.Lines(unfinished)}</p>"));
            return;
        }
        foreach (var judged in exercise.Judged)
            Write(page, judged);
        if (exercise.NotRun is { } notRun)
            page.Append(Html.Of($"<div>– {SafeText.Lines(notRun)}</div>"));
        if (exercise is { Measured.Count: > 0, Passed: false })
            page.Append(
                "<div style=\"margin-left: 1.5em\">Measured, although not every check passes; these are the figures of your current "
                + "answer:</div>");
        foreach (var measured in exercise.Measured)
            page.Append(Html.Of($"<div style=\"margin-left: 1.5em\"><code>{SafeText.Lines(measured)}</code></div>"));
    }

    private static void Write(StringBuilder page, JudgedCheck judged)
    {
        page.Append(Html.Of($"<div>{Mark(judged.Outcome.Verdict)} {SafeText.Lines(judged.Outcome.Check)}</div>"));
        if (judged.Outcome.Verdict == Verdict.Passed)
            return;
        page.Append(Html.Of($"<div style=\"margin: .2em 0 .8em 1.5em\">{SafeText.Lines(judged.What)}"));
        if (judged.FollowsFrom is { } cause)
            page.Append(Html.Of($"<br><i>This may only follow from</i> {SafeText.Lines(cause)}: fix that first."));
        if (judged.Advice is var (why, where))
            page.Append(Html.Of($"<br><i>Why it matters:</i> {SafeText.Lines(why)}<br><i>Where to look:</i> {SafeText.Lines(where)}"));
        page.Append("</div>");
    }

    private static Html Mark(Verdict verdict) => verdict switch
    {
        Verdict.Passed => Html.Of($"<span style=\"color: {Right}\">✓</span>"),
        Verdict.Unfinished => Html.Of($"<span style=\"color: {Open}\">…</span>"),
        _ => Html.Of($"<span style=\"color: {Wrong}\">✗</span>"),
    };
}
