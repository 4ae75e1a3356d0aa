using System.Text.RegularExpressions;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Folder;

/// <summary>A card as the candidate reads it, and the answer sheet for the written answers.</summary>
internal static partial class CardText
{
    /// <summary>The heading of a card's questions, which are answered in words.</summary>
    public const string WrittenHeading = "## Questions";

    public const string PredictionHeading = "## Predict first";

    /// <summary>The last question of every sheet: the folder's README allows help that is declared.</summary>
    private static readonly string[] Help =
        ["Help", "What did you look up, and which code or words here came from an assistant? \"Nothing\" is an answer."];

    public static string Of(Exercise exercise, ulong seed) => $"""
        # {exercise.Card.Order} · {exercise.Card.Title}

        {Effort(exercise.Card)} · `./take-home check {exercise.Id}` · `./take-home hint {exercise.Id}`

        {exercise.Filled(exercise.Card.Text.Trim(), seed)}

        """;

    /// <summary>Difficulty and importance as dots, and the estimated minutes: one line for a card and for a notebook.</summary>
    public static string Effort(Card card) =>
        $"Difficulty {Dots(card.Difficulty)} · importance {Dots(card.Importance)} · about {card.Minutes} minutes";

    /// <summary>The answer sheet: the card's prediction and questions, each quoted under a heading of its own.</summary>
    public static string Sheet(Exercise exercise, ulong seed) =>
        $"# {exercise.Card.Title}: in your words\n\n{Prediction(exercise, seed)}\n\n{Questions(exercise, seed)}\n";

    /// <summary>The first part of the sheet: the prediction.</summary>
    public static string Prediction(Exercise exercise, ulong seed) =>
        exercise.Filled($"{PredictionHeading}\n\n{Quoted(Section(exercise.Card.Text, PredictionHeading))}", seed);

    /// <summary>The second part of the sheet: each question under a heading of its own.</summary>
    public static string Questions(Exercise exercise, ulong seed)
    {
        var questions = Section(exercise.Card.Text, WrittenHeading).Split('\n')
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..].Split(": ", 2));
        return exercise.Filled(
            string.Join("\n\n", questions.Append(Help).Select(question => $"## {question[0]}\n\n{Quoted(Capital(question[^1]))}")), seed);
    }

    /// <summary>The text of a card from one heading up to another.</summary>
    public static string Between(string card, string from, string to) =>
        card[card.IndexOf(from, StringComparison.Ordinal)..card.IndexOf(to, StringComparison.Ordinal)].Trim();

    public static string Dots(int of5) => new string('●', of5) + new string('○', 5 - of5);

    /// <summary>The name of the class that the stub declares.</summary>
    public static string ClassOf(Exercise exercise) => ClassName().Match(exercise.Stub).Groups[1].Value;

    /// <summary>A section of a card, without its heading.</summary>
    public static string Section(string card, string heading)
    {
        var at = card.IndexOf(heading + "\n", StringComparison.Ordinal);
        var rest = card[(at + heading.Length)..];
        var end = rest.IndexOf("\n## ", StringComparison.Ordinal);
        return (end < 0 ? rest : rest[..end]).Trim();
    }

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Quoted(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? ">" : $"> {line}"));

    [GeneratedRegex(@"public sealed class (\w+)")]
    private static partial Regex ClassName();
}
