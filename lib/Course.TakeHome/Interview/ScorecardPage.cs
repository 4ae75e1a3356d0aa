using System.Globalization;
using System.Net;
using System.Text;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Interview;

/// <summary>A scorecard as one self-contained HTML page that can be printed. Text that people typed is encoded.</summary>
public static class ScorecardPage
{
    private const string Style = """
        :root { --edge: #44506a; --on: #2f5fa8; --capped: #e3b7ae; }
        @media (prefers-color-scheme: dark) { :root { --edge: #8792ab; --on: #7aa7ec; --capped: #6e4038; } }
        body { max-width: 46rem; padding: 0 1.2rem; }
        h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
        .verdict { font-size: 1.3rem; white-space: nowrap; } .passed { color: var(--good); } .missed { color: var(--bad); } .open { color: var(--soft); }
        .meter { display: flex; gap: .3rem; margin: .3rem 0; } .meter i { width: 2.6rem; height: .6rem; border: 1px solid var(--edge); }
        .meter i.on { background: var(--on); } .meter i.capped { background: var(--capped); }
        ul { padding-left: 1.2rem; } li { margin: .25rem 0; }
        td, th { padding: .35rem .6rem .35rem 0; }
        th { font-weight: 600; } td.id { width: 13rem; } td.who { width: 6rem; }
        .share { display: inline-block; width: 9rem; height: .55rem; border: 1px solid var(--edge); } .share i { display: block; height: 100%; background: var(--on); }
        td, li, p, h1 { overflow-wrap: break-word; } td.id { overflow-wrap: anywhere; } .flag { color: var(--bad); font-weight: 600; } .against { color: var(--bad); } section { break-inside: avoid-page; }
        @media (max-width: 36rem) { header { flex-wrap: wrap; gap: .2rem 1rem; } td.id, td.who { width: auto; } .share { width: 3.5rem; } td, th { padding-right: .4rem; } td { overflow-wrap: anywhere; } }
        @media print { :root { --edge: #44506a; --on: #2f5fa8; --capped: #e3b7ae; } body { max-width: none; font-size: 11pt; } }
        """;

    public static string Write(Scorecard card)
    {
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            <header><h1>{Text(card.Candidate)}</h1><span class="verdict {State(card)}">{card.Total} of {card.Most}</span></header>
            <p class="small">Interview of {card.Started:yyyy-MM-dd} · of {card.Most} points {Text(card.Outcome)}</p>

            """);
        foreach (var part in card.Parts)
            page.Append(Part(part));
        if (card.TakeHome is { } report)
            page.Append(TakeHome(card, report));
        page.Append(Section("Follow-ups", card.Answers.Select(answer =>
            $"<tr><td class=\"who\">{Text($"{answer.Answer}")}</td><td>{Text(answer.Question)}{Small(answer.Remark)}{Small(
                answer.Holds.Length > 0 ? $"A typical answer of this level: {answer.Holds}" : "")}{Small(answer.Measured)}</td></tr>")));
        page.Append(Section("Notes", card.Notes.Select(note => string.Create(CultureInfo.InvariantCulture,
            $"<tr><td class=\"small\">{note.At:HH:mm} UTC</td><td>{Text(note.Text)}</td></tr>"))));
        return PageFrame.Page($"Scorecard: {card.Candidate}", page.ToString(), Style);
    }

    private static string State(Scorecard card) => card.Passes ? "passed" : card.IsFinished ? "missed" : "open";

    private static string Part(ScorecardPart part)
    {
        var meter = Enumerable.Range(1, 5)
            .Select(level => $"<i class=\"{(level <= part.Score ? "on" : level <= part.Reached ? "capped" : "")}\"></i>");
        var observed = part.Observed.Select(seen => $"<li>{Text(seen.Text)} <span class=\"small\">level {seen.Level}</span></li>");
        var flags = part.RedFlags.Select(flag => $"<li class=\"flag\">Red flag: {Text(flag)}</li>");
        var progress = part.Progress.Length > 0 ? $" So far {part.Progress}." : "";
        var uncapped = part.Reached > part.Score ? $" Without red flags: {part.Reached}." : "";
        return $"""
            <section><h2>{Text(part.Title)}: {part.Score} of 5, {Text(part.Level)}</h2>
            <div class="meter">{string.Concat(meter)}</div>
            <ul>{string.Concat(observed)}{string.Concat(flags)}</ul>
            <p class="small">{Text(part.Rule)}{progress}{uncapped}</p></section>

            """;
    }

    private static string TakeHome(Scorecard card, GradeReport report)
    {
        var exercises = report.Exercises.Select(exercise =>
            $"<tr><td>{Text(exercise.Id)}</td><td><span class=\"share\"><i style=\"width:{Percent(exercise)}%\"></i></span></td>"
            + $"<td>{exercise.Credited} of {exercise.Checks.Count}</td><td>{exercise.HintsTaken}</td>"
            + $"<td>{(exercise.Predicted ? "yes" : "no")}</td></tr>\n").ToArray();
        var table = exercises.Length == 0 ? ""
            : "<table><tr><th>exercise</th><th colspan=\"2\">checks credited</th><th>hints</th><th>predicted first</th></tr>\n"
                + $"{string.Concat(exercises)}</table>\n";
        var tests = card.TestsVerdict.Length > 0 ? $"<p>{Text(card.TestsVerdict)}</p>" : "";
        var findings = card.Findings.Select(finding => $"<tr><td class=\"id\">{Text(finding.Id)}</td>"
            + $"<td class=\"{(finding.Failed ? "against" : "")}\">{Text(finding.Summary)}</td></tr>");
        return $"<section><h2>Take-home</h2><p>{Text(card.TakeHomeVerdict)}</p>\n{table}{tests}</section>\n"
            + Section("What grading found", findings);
    }

    private static int Percent(ExerciseGrade exercise) => exercise.Checks.Count == 0 ? 0 : 100 * exercise.Credited / exercise.Checks.Count;

    private static string Section(string title, IEnumerable<string> rows)
    {
        var taken = string.Join("\n", rows);
        return taken.Length > 0 ? $"<section><h2>{title}</h2><table>{taken}</table></section>\n" : "";
    }

    private static string Small(string text) => text.Length > 0 ? $"<br><span class=\"small\">{Text(text)}</span>" : "";

    private static string Text(string text) => WebUtility.HtmlEncode(SafeText.Lines(text));
}
