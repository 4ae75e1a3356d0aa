using Course.TakeHome.Interview;
using Course.TakeHome.Rubrics;
using Spectre.Console;

namespace Course.Cli.Interviewing;

/// <summary>Prints the state of a session on a terminal.</summary>
internal static class DeskView
{
    public static void Scores(IAnsiConsole console, Desk desk)
    {
        var card = desk.Card;
        foreach (var part in card.Parts)
            Say(console,
                $"{part.Title}: {part.Score} of 5, {part.Level}{(part.Progress.Length > 0 ? $"; {part.Progress}" : "")}" +
                $"{(part.Reached > part.Score ? $" (capped by a red flag; {part.Reached} without it)" : "")}");
        Say(console, card.Verdict);
    }

    /// <summary>Prints the candidate and the results of the take-home.</summary>
    public static void Head(IAnsiConsole console, Desk desk)
    {
        var (session, card) = (desk.File.Read(), desk.Card);
        Say(console,
            $"{session.Candidate}, {session.Started:yyyy-MM-dd HH:mm} UTC" +
            $"{(session.Notes.Count > 0 ? $", notes: {session.Notes.Count}" : "")}");
        if (session.TakeHome is not { } report)
            return;
        Say(console, card.TakeHomeVerdict);
        if (report.Exercises.Count > 0)
            Say(console, "  " + string.Join(" · ", report.Exercises.Select(exercise =>
                $"{exercise.Id} {exercise.Credited}/{exercise.Checks.Count}" +
                $"{(exercise.HintsTaken > 0 ? $" (hints: {exercise.HintsTaken})" : "")}")));
    }

    public static void Show(IAnsiConsole console, Desk desk)
    {
        var session = desk.File.Read();
        Head(console, desk);
        foreach (var part in desk.Rubric.Parts)
            Rows(console, part, session);
        console.WriteLine();
        Scores(console, desk);
    }

    public static void FollowUps(IAnsiConsole console, Desk desk, int count)
    {
        var session = desk.File.Read();
        var followUps = FollowUp.For(session, desk.Rubric, desk.Bank, count);
        foreach (var finding in FollowUp.OfTheReport(session, desk.Bank).Take(count))
            Say(console, $"{finding.Id}: {finding.Summary}\n  {finding.FollowUp}\n");
        foreach (var (question, because) in followUps)
        {
            console.MarkupLine($"[bold]{Shown(question.Id)}[/] ({Shown(question.Topic)})");
            Say(console, $"  {question.Text}");
            Say(console, $"  weak:        {question.Weak}\n  good:        {question.Good}\n  outstanding: {question.Outstanding}");
            Say(console, $"  {question.Evidence}");
            foreach (var reason in because.Take(3))
                Say(console, $"  why: {reason}");
            console.WriteLine();
        }
        if (followUps.Count == 0)
            console.WriteLine("Nothing is left to ask: everything that a question could settle was observed.");
    }

    /// <summary>Prints a text of unknown origin without control characters, so that it cannot move the cursor.</summary>
    private static void Say(IAnsiConsole console, string text) => console.WriteLine(SafeText.Lines(text));

    private static string Shown(string text) => SafeText.Lines(text).EscapeMarkup();

    /// <summary>
    /// Prints one line per indicator, with mark and level first: the cells of a table would break sentences within words.
    /// </summary>
    private static void Rows(IAnsiConsole console, RubricPart part, InterviewSession session)
    {
        console.MarkupLine($"\n[bold]{Shown(part.Title)}[/]");
        foreach (var level in part.Levels)
        {
            foreach (var indicator in level.Indicators)
                console.MarkupLine(
                    $"{Mark(indicator, "[green]✓[/]")}   {level.Score}  [bold]{Shown(indicator.Id)}[/]  {Shown(indicator.Text)}");
            foreach (var flag in level.RedFlags)
                console.MarkupLine(
                    $"{Mark(flag, "[red]⚑[/]")} ≤ {level.Score}  [bold]{Shown(flag.Id)}[/]  [dim]red flag:[/] {Shown(flag.Text)}");
        }

        string Mark(Indicator indicator, string mark) => session.Ticks.Contains(indicator.Id) ? mark : "·";
    }
}
