using Course.TakeHome.Interview;
using Course.TakeHome.Rubrics;
using Spectre.Console;

namespace Course.Cli.Interviewing;

/// <summary>The desk on a terminal.</summary>
internal static class DeskView
{
    public static void Scores(IAnsiConsole console, Desk desk)
    {
        var card = desk.Card;
        foreach (var part in card.Parts)
            console.WriteLine($"{part.Title}: {part.Score} of 5, {part.Level}{(part.Reached > part.Score ? $" (capped by a red flag; {part.Reached} without it)" : "")}");
        console.WriteLine(card.Verdict);
    }

    /// <summary>Whom it is about, and the take-home in figures.</summary>
    public static void Head(IAnsiConsole console, Desk desk)
    {
        var (session, card) = (desk.File.Read(), desk.Card);
        console.WriteLine($"{session.Candidate}, {session.Started:yyyy-MM-dd HH:mm} UTC{(session.Notes.Count > 0 ? $", notes: {session.Notes.Count}" : "")}");
        if (session.TakeHome is not { } report)
            return;
        console.WriteLine(card.TakeHomeVerdict);
        if (report.Exercises.Count > 0)
            console.WriteLine($"  {string.Join(" · ", report.Exercises.Select(exercise => $"{exercise.Id} {exercise.Credited}/{exercise.Checks.Count}{(exercise.HintsTaken > 0 ? $" (hints: {exercise.HintsTaken})" : "")}"))}");
    }

    public static void Show(IAnsiConsole console, Desk desk)
    {
        var session = desk.File.Read();
        Head(console, desk);
        foreach (var part in desk.Rubric.Parts)
            console.Write(Rows(part, session));
        Scores(console, desk);
    }

    public static void FollowUps(IAnsiConsole console, Desk desk, int count)
    {
        var session = desk.File.Read();
        var followUps = FollowUp.For(session, desk.Rubric, desk.Bank, count);
        foreach (var finding in FollowUp.OfTheReport(session, desk.Bank).Take(count))
            console.WriteLine($"{finding.Id}: {finding.Summary}\n  {finding.FollowUp}\n");
        foreach (var (question, because) in followUps)
        {
            console.MarkupLine($"[bold]{question.Id.EscapeMarkup()}[/] ({question.Topic})");
            console.WriteLine($"  {question.Text}");
            console.WriteLine($"  weak:        {question.Weak}\n  good:        {question.Good}\n  outstanding: {question.Outstanding}");
            console.WriteLine($"  {question.Evidence}");
            foreach (var reason in because.Take(3))
                console.WriteLine($"  why: {reason}");
            console.WriteLine();
        }
        if (followUps.Count == 0)
            console.WriteLine("Nothing is left to ask: all that a question could settle was observed.");
    }

    private static Table Rows(RubricPart part, InterviewSession session)
    {
        var table = new Table().AddColumns("", part.Title.EscapeMarkup(), "", "observed when");
        foreach (var level in part.Levels)
        {
            foreach (var indicator in level.Indicators)
                table.AddRow($"{level.Score}", indicator.Id.EscapeMarkup(), Mark(indicator, "[green]✓[/]"), indicator.Text.EscapeMarkup());
            foreach (var flag in level.RedFlags)
                table.AddRow($"≤ {level.Score}", flag.Id.EscapeMarkup(), Mark(flag, "[red]⚑[/]"), $"[dim]red flag:[/] {flag.Text.EscapeMarkup()}");
        }
        return table;

        string Mark(Indicator indicator, string mark) => session.Ticks.Contains(indicator.Id) ? mark : "·";
    }
}
