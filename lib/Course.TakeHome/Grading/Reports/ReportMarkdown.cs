using System.Globalization;
using System.Text;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Reports;

/// <summary>A report as Markdown. Whatever came from the candidate is shown as text: nothing of it is markup here.</summary>
public static class ReportMarkdown
{
    public static string Write(Graded graded, Rubric rubric)
    {
        var report = graded.Report;
        var text = new StringBuilder();
        text.Append($"# {Escaped(report.Archive)}: {Words.Of(report.Status)}\n\n");
        text.Append($"{Words.Circumstances(report)} · SHA-256 `{report.Sha256}`. {(report.Stated is { } stated ? $"{Escaped($"{stated}")} " : "")}{Words.Evidence}\n");
        if (report.Exercises.Count > 0)
            text.Append($"\n{Words.Of(report.Exercises)}\n").Append(Table(report.Exercises));
        text.Append(Findings("Findings on the whole", report.AboutTheWhole()));
        foreach (var exercise in report.Exercises)
            text.Append($"\n## {Escaped(exercise.Title)}: {Words.Of(exercise.Standing)}\n").Append(Suspects(exercise.Suspects)).Append(Findings("", report.About(exercise.Id))).Append(Code(exercise)).Append(Written(exercise, rubric));
        if (graded.Timings is { } timings)
            text.Append(CultureInfo.InvariantCulture, $"\n## Measured then\n\nAt {timings.When:u} on {Escaped(timings.Machine.Brief)}. Graded again, this differs; no finding follows from it.\n\n{Escaped(timings.Sentence())}\n\n")
                .Append(string.Concat(timings.Contestants.Select(timing => $"- {Escaped($"{timing}")}\n")));
        return text.Append(report.Exercises.Count > 0 ? $"\n## How to read this\n\n{Words.Credit}\n" : "").ToString();
    }

    private static string Table(IEnumerable<ExerciseGrade> exercises) =>
        "\n| exercise | | checks credited | passed | of | hints | predicted first |\n|---|---|---|---|---|---|---|\n" + string.Concat(exercises.Select(exercise => string.Create(
            CultureInfo.InvariantCulture,
            $"| {Escaped(exercise.Title)} | {Words.Of(exercise.Standing)} | {exercise.Credited} | {exercise.Passed} | {exercise.Checks.Count} | {exercise.HintsTaken} | {(exercise.Predicted ? "yes" : "no")} |\n")));

    private static string Findings(string heading, IEnumerable<Finding> findings)
    {
        var lines = string.Concat(findings.Select(finding =>
            $"- {(finding.Failed ? "✗" : "·")} **{Escaped(Words.Short(finding))}**: {Escaped(finding.Summary)}{(finding.Why.Length > 0 ? $" *Why:* {Escaped(finding.Why)}" : "")}{(finding.FollowUp.Length > 0 ? $" *Ask:* {Escaped(finding.FollowUp)}" : "")}\n"));
        return lines.Length == 0 ? "" : $"\n{(heading.Length > 0 ? $"## {heading}\n\n" : "")}{lines}";
    }

    private static string Suspects(SuspectsGrade? suspects) => suspects is null ? "" :
        $"\n{Words.Of(suspects)}\n\n| decoder | mechanism | tests that object |\n|---|---|---|\n" + string.Concat(suspects.Decoders.Select(decoder =>
            $"| {Escaped(decoder.Name)}{(decoder.Right ? " (right)" : "")} | {Escaped(decoder.Mechanism)} | {(decoder.ObjectedTo ? Escaped(string.Join("; ", decoder.Objecting)) : "none")} |\n"));

    private static string Code(ExerciseGrade exercise) => (exercise.Stated is { } stated ? $"\n{Escaped($"{stated}")}\n" : "")
        + string.Concat((exercise.Standing == Standing.NoAnswer ? [] : exercise.Code).Select(source => $"\n{Escaped(source.Path)}:\n\n{Indented(source.Text)}\n"));

    private static string Written(ExerciseGrade exercise, Rubric rubric)
    {
        if (exercise.Written.All(answer => answer.Text.Length == 0))
            return "\n*Nothing is written.*\n";
        var text = new StringBuilder();
        foreach (var answer in exercise.Written)
            text.Append($"\n**{Escaped(answer.Heading)}.** {Escaped(answer.Asked)}\n\n{(answer.Text.Length > 0 ? Indented(answer.Text) : "*Nothing is written here.*")}\n");
        return text.Append("\nFor a human to judge, by the rubric:\n\n").Append(string.Concat(exercise.SpeaksTo.Select(rubric.Find).OfType<(RubricPart Part, Level Level, Indicator Indicator)>()
                .OrderBy(at => at.Level.RedFlags.Contains(at.Indicator))
                .Select(at => $"- {(at.Level.RedFlags.Contains(at.Indicator) ? "**red flag**," : "[ ]")} {Escaped(at.Part.Title)} {at.Level.Score}: {Escaped(at.Indicator.Text)}\n"))).ToString();
    }

    /// <summary>Every mark of Markdown and HTML as itself.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in SafeText.Lines(text))
            escaped.Append(character switch { '\n' or '\r' => " ", '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~' => $"\\{character}", _ => character });
        return escaped.ToString();
    }

    // An indented block is text to the letter, whatever fence stands in it.
    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => $"    {line}"));
}
