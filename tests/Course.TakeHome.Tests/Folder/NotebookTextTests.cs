using System.Text.Json.Nodes;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

public sealed class NotebookTextTests
{
    public static TheoryData<string> Ids => [.. Exercise.All.Select(exercise => exercise.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_repositorys_notebook_is_that_of_the_exercise(string id)
    {
        var exercise = Exercise.Named(id);
        var path = Path.Combine(Root(), "notebooks", "take-home", NotebookText.FileName(exercise));
        Assert.True(File.ReadAllText(path).ReplaceLineEndings("\n") == NotebookText.OfRepository(exercise),
            $"{path} is not what the exercise says. Run `course take-home notebooks`.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_check_in_a_cell_reports_a_stub_as_not_done_and_does_not_throw(string id)
    {
        var report = NotebookCheck.Run(id, NotebookText.RepositorySeed, () => throw new NotImplementedException($"Exercise {id}."));
        Assert.Contains($"not done yet: Exercise {id}", report.ToString(), StringComparison.Ordinal);
        Assert.False(report.Passed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_notebook_has_every_part_of_an_exercise_in_order(string id)
    {
        var card = Exercise.Named(id).Card;
        var cells = JsonNode.Parse(NotebookText.OfRepository(Exercise.Named(id)))!["cells"]!.AsArray()
            .Select(cell => string.Concat(cell!["source"]!.AsArray().Select(line => (string?)line))).ToArray();
        Assert.Matches(
            $"^# {card.Order} · .+\n\n\\*\\*The question: .+\\?.*\\*\\*\n\nDifficulty [●○]{{5}} · importance " +
            $"[●○]{{5}} · about {card.Minutes} minutes$", cells[0]);
        var headings = cells.SelectMany(cell => cell.Split('\n')).Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]).ToArray();
        Assert.Equal(["Goal", "Inputs", "Example", "Predict first", "Exercises", "Measure", "Break it", "In your words"], headings.Take(8));
        Assert.True(headings.Length >= 8 + 3, "At least three questions are answered in words.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void There_are_three_hints_and_each_says_more_than_a_word(string id)
    {
        Assert.Equal(3, Exercise.Named(id).Hints.Count);
        Assert.All(Exercise.Named(id).Hints, hint => Assert.True(hint.Length > 60, hint));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Course.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
