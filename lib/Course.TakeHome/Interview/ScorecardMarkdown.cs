using System.Globalization;
using System.Text;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Interview;

/// <summary>A scorecard as Markdown. Text that people typed is escaped, so that it cannot be markup.</summary>
public static class ScorecardMarkdown
{
    private const string Special = "\\`*_{}[]>()#+-!|~";

    public static string Write(Scorecard card)
    {
        var page = new StringBuilder()
            .Append(CultureInfo.InvariantCulture,
                $"# Scorecard: {Text(card.Candidate)}\n\n{card.Started:yyyy-MM-dd} · **{card.Verdict}**\n");
        foreach (var part in card.Parts)
            Append(page, part);
        if (card.TakeHome is { } report)
            Append(page, card, report);
        Section(
            page, "Follow-ups",
            card.Answers.Select(answer => $"{Text(answer.Question)} **{answer.Answer}**{Prefixed(": ", answer.Remark)}"));
        Section(
            page, "Notes",
            card.Notes.Select(note => string.Create(CultureInfo.InvariantCulture, $"{note.At:HH:mm} UTC {Text(note.Text)}")));
        return page.ToString();
    }

    private static void Append(StringBuilder page, ScorecardPart part)
    {
        page.Append(CultureInfo.InvariantCulture,
            $"\n## {Text(part.Title)}: {part.Score} of 5, {Text(part.Level)}\n\n{Text(part.Rule)}\n\n");
        foreach (var observation in part.Observed)
            page.Append(CultureInfo.InvariantCulture, $"- {observation.Level} · {Text(observation.Text)}\n");
        foreach (var flag in part.RedFlags)
            page.Append(CultureInfo.InvariantCulture, $"- **red flag** · {Text(flag)}\n");
        if (part.Progress.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"\nSo far {part.Progress}.\n");
        if (part.Reached > part.Score)
            page.Append(CultureInfo.InvariantCulture, $"\nWithout red flags the indicators would give {part.Reached}.\n");
    }

    private static void Append(StringBuilder page, Scorecard card, GradeReport report)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## Take-home\n\n{Text(card.TakeHomeVerdict)}\n");
        if (report.Exercises.Count > 0)
            page.Append("\n| exercise | checks credited | hints | predicted first |\n|---|---|---|---|\n");
        foreach (var exercise in report.Exercises)
            page.Append(CultureInfo.InvariantCulture,
                $"| {Text(exercise.Id)} | {exercise.Credited} of {exercise.Checks.Count} | {exercise.HintsTaken} | " +
                $"{(exercise.Predicted ? "yes" : "no")} |\n");
        if (card.TestsVerdict.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"\n{Text(card.TestsVerdict)}\n");
        Section(
            page, "What grading found",
            card.Findings.Select(finding => $"{(finding.Failed ? "✗" : "·")} **{Text(finding.Id)}**: {Text(finding.Summary)}"));
    }

    private static void Section(StringBuilder page, string title, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"- {item}\n").ToArray();
        if (lines.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{string.Concat(lines)}");
    }

    private static string Prefixed(string before, string text) => text.Length > 0 ? before + Text(text) : "";

    /// <summary>A text as one line, with every character escaped that could be markup.</summary>
    private static string Text(string text) => string.Concat(SafeText.Line(text, SafeText.TextLength).Select(letter => letter switch
    {
        '<' => "&lt;",
        '&' => "&amp;",
        _ => Special.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : $"{letter}",
    }));
}
