using System.Globalization;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Rubrics;
using static Course.TakeHome.Grading.Reports.PageFrame;

namespace Course.TakeHome.Grading.Reports;

/// <summary>A report as one HTML page: verdicts at a glance, the evidence below. Whatever came from the candidate is text in it.</summary>
public static class ReportPage
{
    public static string Write(Graded graded, Rubric rubric)
    {
        var report = graded.Report;
        var body = new StringBuilder($"<header><h1>{Text(report.Archive)}</h1>{Badge(report.Status)}</header>\n");
        body.Append($"<p class=\"small\">{Text(Words.Circumstances(report))} · SHA-256 <code>{report.Sha256}</code>{(report.Stated is { } stated ? $"<br>{Text($"{stated}")}" : "")}<br>{Words.Evidence}</p>\n");
        body.Append(Findings("", report.AboutTheWhole()));
        if (report.Exercises.Count > 0)
            body.Append(Glance(graded));
        foreach (var exercise in report.Exercises)
            body.Append(ExerciseSection.Write(exercise, report.About(exercise.Id), rubric));
        if (graded.Timings is { } timings)
            body.Append(Measured(timings));
        if (report.Exercises.Count > 0)
            body.Append($"<section><h2>How to read this</h2><p class=\"small\">{Words.Credit} Checks marked ◦ were hidden from the candidate.</p></section>");
        return Page($"{report.Archive}: {Words.Of(report.Status)}", body.ToString());
    }

    internal static string Findings(string heading, IEnumerable<Finding> findings)
    {
        var lines = string.Concat(findings.Select(finding =>
            $"<li{(finding.Failed ? "" : " class=\"note\"")}><b>{Text(Words.Short(finding))}</b>: {Text(finding.Summary)}{(finding.Why.Length > 0 ? $"<span class=\"why\">{Text(finding.Why)}</span>" : "")}{(finding.FollowUp.Length > 0 ? $"<span class=\"ask\">{Text(finding.FollowUp)}</span>" : "")}</li>\n"));
        return lines.Length == 0 ? "" : $"{(heading.Length > 0 ? $"<h3>{heading}</h3>" : "")}<ul class=\"findings\">{lines}</ul>\n";
    }

    private static string Glance(Graded graded) =>
        $"<section><h2>At a glance</h2><p>{string.Join("<br>", Sentences(graded).Select(Text))}</p><table><tr><th>exercise</th><th></th><th>checks</th><th>credited</th><th>hints</th><th>predicted first</th><th>in words</th></tr>\n"
        + string.Concat(graded.Report.Exercises.Select(Row)) + "</table></section>\n";

    private static IEnumerable<string> Sentences(Graded graded)
    {
        yield return Words.Of(graded.Report.Exercises);
        foreach (var suspects in graded.Report.Exercises.Select(exercise => exercise.Suspects).OfType<SuspectsGrade>())
            yield return $"The tests: {Words.Of(suspects)}";
        if (graded.Timings is { } timings)
            yield return $"The clock, that one time: {timings.InShort}";
    }

    private static string Row(ExerciseGrade exercise) =>
        $"<tr><td><a href=\"#{Text(exercise.Id)}\">{Text(exercise.Title)}</a></td><td>{Badge(exercise.Standing)}</td><td><div class=\"bar\">{string.Concat(exercise.Checks.Select(check => $"<i class=\"{Colour(check)}\"></i>"))}</div></td>"
        + $"<td class=\"number\">{exercise.Credited} of {exercise.Checks.Count}</td><td class=\"number\">{exercise.HintsTaken}</td><td>{(exercise.Predicted ? "yes" : "no")}</td>"
        + $"<td class=\"number\">{exercise.Written.Count(answer => answer.Text.Length > 0)} of {exercise.Written.Count}</td></tr>\n";

    internal static string Colour(CheckGrade check) => check switch { { Credited: true } => "good", { Verdict: Verdict.Passed } => "some", { Verdict: null or Verdict.Unfinished } => "none", _ => "bad" };

    private static string Measured(LoopTimings timings) => string.Create(CultureInfo.InvariantCulture, $"""
        <section><h2>Measured then</h2><p class="small">{timings.When:yyyy-MM-dd HH:mm} UTC on {Text(timings.Machine.Brief)}. Graded again, this differs; no finding and no verdict follows from it.</p>
        <p>{Text(timings.Sentence())}</p>
        <table><tr><th>one text of the same tokens, in turn</th><th>median</th><th>middle half</th><th>samples</th></tr>
        {string.Concat(timings.Contestants.Select(timing => string.Create(CultureInfo.InvariantCulture, $"<tr><td>{Text(timing.Name)}</td><td class=\"number\">{1000 * timing.Median:0.00} ms</td><td class=\"number\">{1000 * timing.Seconds.LowerQuartile:0.00} to {1000 * timing.Seconds.UpperQuartile:0.00} ms</td><td class=\"number\">{timing.Seconds.Count}</td></tr>")))}</table></section>

        """);
}
