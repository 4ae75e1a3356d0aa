using System.Text;
using Course.TakeHome.Rubrics;
using static Course.TakeHome.Grading.Reports.PageFrame;

namespace Course.TakeHome.Grading.Reports;

/// <summary>One exercise on the page: its checks, what failed and what to ask, and the candidate's words beside the rubric.</summary>
internal static class ExerciseSection
{
    public static string Write(ExerciseGrade exercise, IEnumerable<Finding> findings, Rubric rubric)
    {
        var section = new StringBuilder($"<section id=\"{Text(exercise.Id)}\"><h2>{Text(exercise.Title)} {Badge(exercise.Standing)}</h2>\n");
        if (exercise.Standing != Standing.NoAnswer)
            section.Append($"<ul class=\"checks\">{string.Concat(exercise.Checks.Select(Chip))}</ul>\n").Append(ReportPage.Findings("", findings)).Append(Suspects(exercise.Suspects));
        else
            section.Append(ReportPage.Findings("", findings));
        if (exercise.Picture is { } picture)
            section.Append($"<p><img alt=\"The candidate's chart\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(picture))}\"><br><span class=\"small\">The candidate's chart, drawn anew from the code on the numbers of grading.</span></p>\n");
        if (exercise.Stated is { } stated)
            section.Append($"<p class=\"small\">{Text($"{stated}")}</p>\n");
        foreach (var (path, text) in exercise.Standing == Standing.NoAnswer ? [] : exercise.Code)
            section.Append($"<details><summary class=\"small\">{Text(path)}</summary><pre>{Text(text)}</pre></details>\n");
        return section.Append(Written(exercise, rubric)).Append("</section>\n").ToString();
    }

    private static string Chip(CheckGrade check) =>
        $"<li class=\"{ReportPage.Colour(check)}{(check.Hidden ? " hidden" : "")}\" title=\"{Words.Of(check)}\">{(check.Credited ? "✓ " : "")}{Text(check.Name)}{(check.Credited ? "" : $": {Words.Of(check)}")}</li>";

    private static string Suspects(SuspectsGrade? suspects) => suspects is null ? "" : $"""
        <h3>What the tests find</h3><p>{Words.Of(suspects)}</p>
        <table><tr><th>decoder</th><th>what is wrong with it</th><th></th><th>tests that object</th></tr>
        {string.Concat(suspects.Decoders.OrderBy(decoder => decoder.Right).Select(Row))}</table>

        """;

    private static string Row(SuspectGrade decoder)
    {
        var (colour, verdict) = (decoder.Right, decoder.ObjectedTo) switch { (false, true) => ("good", "found"), (false, false) => ("bad", "missed"), (true, true) => ("bad", "false alarm"), _ => ("good", "left alone") };
        return $"<tr><td>{Text(decoder.Name)}</td><td>{(decoder.Right ? "Nothing. " : $"<b>{Text(decoder.Mechanism)}</b>: ")}{Text(decoder.What)}</td><td>{Badge(colour, verdict)}</td><td class=\"small\">{Text(string.Join("; ", decoder.Objecting))}</td></tr>\n";
    }

    private static string Written(ExerciseGrade exercise, Rubric rubric)
    {
        if (exercise.Written.All(answer => answer.Text.Length == 0))
            return "<p class=\"small\">Nothing is written.</p>\n";
        var words = string.Concat(exercise.Written.Select(answer =>
            $"<h3>{Text(answer.Heading)}</h3><p class=\"small\">{Text(answer.Asked)}</p>{(answer.Text.Length > 0 ? $"<div class=\"words\">{Text(answer.Text)}</div>" : "<p class=\"small\">Nothing is written here.</p>")}\n"));
        var indicators = string.Concat(exercise.SpeaksTo.Select(rubric.Find).OfType<(RubricPart Part, Level Level, Indicator Indicator)>()
            .OrderBy(at => at.Part.Id, StringComparer.Ordinal).ThenBy(at => at.Level.Score)
            .Select(at => $"<li{(at.Level.RedFlags.Contains(at.Indicator) ? " class=\"flag\"" : "")}><b>{Text(at.Part.Title)} {at.Level.Score}{(at.Level.RedFlags.Contains(at.Indicator) ? ", red flag" : "")}</b> {Text(at.Indicator.Text)}</li>\n"));
        return $"<div class=\"written\"><div>{words}</div><div><h3>Does it show this? A human judges.</h3><ul class=\"tick\">{indicators}</ul></div></div>\n";
    }
}
