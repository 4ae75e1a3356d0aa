using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Running;

/// <summary>Reads an answer sheet: under each heading the question is quoted, and the rest is the candidate's answer.</summary>
internal static class WrittenAnswers
{
    private const int Longest = 20_000;
    private const string Heading = "## ";

    /// <summary>The written answers of an exercise. Questions are taken from the card, because the sheet may have been edited.</summary>
    public static IReadOnlyList<WrittenAnswer> Of(Exercise exercise, HandIn handIn, ulong seed)
    {
        if (handIn.Written.GetValueOrDefault($"{HandInLayout.Exercises}/{exercise.Id}/{HandInLayout.Written}") is not { } bytes)
            return [];
        var asked = Read(CardText.Sheet(exercise, seed)).ToDictionary(answer => answer.Heading, answer => answer.Asked);
        var answers = Read(PlainText.Of(Encoding.UTF8.GetString(bytes), Longest));
        return [.. answers.Select(answer => answer with { Asked = asked.GetValueOrDefault(answer.Heading, "") })];
    }

    public static IReadOnlyList<WrittenAnswer> Read(string sheet)
    {
        List<WrittenAnswer> answers = [];
        // The text before the first heading is the sheet's title.
        foreach (var part in $"\n{sheet}".Split($"\n{Heading}").Skip(1))
        {
            var lines = part.Split('\n');
            answers.Add(new(
                lines[0].Trim(),
                string.Join('\n', lines[1..].Where(IsQuoted).Select(line => line.TrimStart('>', ' '))).Trim(),
                string.Join('\n', lines[1..].Where(line => !IsQuoted(line))).Trim()));
        }
        return answers;
    }

    private static bool IsQuoted(string line) => line.StartsWith('>');
}
