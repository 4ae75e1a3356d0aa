using System.Globalization;
using System.Net;
using System.Text;

namespace Course.TakeHome.Grading.Reports;

/// <summary>A report for reading. Whatever came from the candidate is shown as text: nothing of it is markup here.</summary>
public static class ReportText
{
    public static string Markdown(GradeReport report)
    {
        var text = new StringBuilder();
        text.Append($"# {Escaped(report.Archive)}: {Words(report.Status)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"SHA-256 `{report.Sha256}`, seed {report.Seed}{(report.SeedKnown ? "" : " as the archive states it, which nobody compared")}, sandbox: {report.Sandbox}. What follows is evidence, not a mark.\n\n");
        if (report.Exercises.Count > 0)
        {
            text.Append("| exercise | checks passed | hints | predicted first |\n|---|---|---|---|\n");
            foreach (var exercise in report.Exercises)
                text.Append(CultureInfo.InvariantCulture, $"| {Escaped(exercise.Id)} | {exercise.Passed} of {exercise.Checks} | {exercise.HintsTaken} | {(exercise.Predicted ? "yes" : "no")} |\n");
        }
        text.Append("\n## Findings\n\n");
        foreach (var finding in report.Findings)
            text.Append($"- {(finding.Failed ? "✗" : "·")} **{Escaped(finding.Id)}**: {Escaped(finding.Summary)}{(finding.FollowUp.Length > 0 ? $" *Ask:* {Escaped(finding.FollowUp)}" : "")}\n");
        foreach (var exercise in report.Exercises.Where(exercise => exercise.Written.Length > 0))
            text.Append($"\n## Written: {Escaped(exercise.Id)}\n\n{Indented(exercise.Written)}\n");
        return text.ToString();
    }

    public static string Html(GradeReport report)
    {
        var text = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        text.Append($"<title>{Encoded(report.Archive)}</title><style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}td,th{{padding:.2em 1em;text-align:left}}pre{{white-space:pre-wrap;background:#f5f5f5;padding:1em}}.failed{{color:#a02020}}</style></head><body>\n");
        text.Append($"<h1>{Encoded(report.Archive)}: {Words(report.Status)}</h1>\n");
        text.Append(CultureInfo.InvariantCulture, $"<p>SHA-256 <code>{report.Sha256}</code>, seed {report.Seed}{(report.SeedKnown ? "" : " as the archive states it, which nobody compared")}, sandbox: {Encoded(report.Sandbox)}. What follows is evidence, not a mark.</p>\n<table><tr><th>exercise<th>checks passed<th>hints<th>predicted first</tr>\n");
        foreach (var exercise in report.Exercises)
            text.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoded(exercise.Id)}<td>{exercise.Passed} of {exercise.Checks}<td>{exercise.HintsTaken}<td>{(exercise.Predicted ? "yes" : "no")}</tr>\n");
        text.Append("</table>\n<h2>Findings</h2>\n<ul>\n");
        foreach (var finding in report.Findings)
            text.Append($"<li{(finding.Failed ? " class=\"failed\"" : "")}><b>{Encoded(finding.Id)}</b>: {Encoded(finding.Summary)}{(finding.FollowUp.Length > 0 ? $" <i>Ask: {Encoded(finding.FollowUp)}</i>" : "")}</li>\n");
        text.Append("</ul>\n");
        foreach (var exercise in report.Exercises.Where(exercise => exercise.Written.Length > 0))
            text.Append($"<h2>Written: {Encoded(exercise.Id)}</h2>\n<pre>{Encoded(exercise.Written)}</pre>\n");
        return text.Append("</body></html>\n").ToString();
    }

    internal static string Words(this GradeStatus status) => status switch
    {
        GradeStatus.Graded => "graded",
        GradeStatus.Rejected => "rejected unopened",
        GradeStatus.DoesNotCompile => "does not compile",
        GradeStatus.Refused => "not run",
        _ => "not graded",
    };

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Every mark of Markdown and HTML as itself.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
            escaped.Append(character switch { '\n' or '\r' => " ", '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~' => $"\\{character}", _ => character });
        return escaped.ToString();
    }

    // An indented block is text to the letter, whatever fence stands in it.
    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => $"    {line}"));
}
