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
        Assert.True(File.ReadAllText(path).ReplaceLineEndings("\n") == NotebookText.OfRepository(exercise), $"{path} is not what the exercise says. Run `course take-home notebooks`.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_cells_check_says_of_a_stub_that_it_is_not_done_and_throws_nothing(string id)
    {
        var report = NotebookCheck.Run(id, NotebookText.RepositorySeed, () => throw new NotImplementedException($"Exercise {id}."));
        Assert.Contains($"not done yet: Exercise {id}", report.ToString(), StringComparison.Ordinal);
        Assert.False(report.Passed);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Course.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
