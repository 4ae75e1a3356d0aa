using Course.Cli.Verbs;
using Course.TakeHome.Folder;

namespace Course.Cli.Tests.TakeHome;

/// <summary>The messages of the interviewer's commands about invalid arguments.</summary>
public sealed class TakeHomeVerbTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("take-home-verb-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("--seed abc: expected a whole number from 0 to 18446744073709551615.", "new", "x", "--seed", "abc")]
    [InlineData(
        "--seed -1: expected a whole number from 0 to 18446744073709551615, or NAME=SEED for NAME.zip.", "grade", "x.zip", "--out", "y",
        "--seed", "-1")]
    [InlineData("--minutes 3: expected a whole number from 15 to 1440.", "new", "x", "--minutes", "3")]
    [InlineData("--parallel 0: expected a whole number from 1 to 64.", "grade", "x.zip", "--out", "y", "--parallel", "0")]
    public void An_invalid_number_is_reported_with_option_and_range(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Single(TakeHomeVerb.Build().Parse(arguments).Errors).Message);

    [Fact]
    public void Every_verb_of_a_candidates_folder_takes_its_argument_here_too()
    {
        var exam = Path.Combine(root, "exam");
        Assert.Equal(0, Invoked("new", exam, "--seed", "4711"));
        Assert.Equal(4711UL, Assert.Single(CandidateRegister.Beside(exam).Read()).Seed);
        Assert.Equal(0, Invoked("hint", "rejection", "--folder", exam));
        Assert.Equal(0, Invoked("reset", "rejection", "--folder", exam));
        Assert.Equal(0, Invoked("status", "--folder", exam));
        Assert.Equal(0, Invoked("pack", Path.Combine(root, "x.zip"), "--folder", exam));
        Assert.True(File.Exists(Path.Combine(root, "x.zip")));
        Assert.Equal(1, Invoked("check", "rejection", "--folder", exam)); // a stub is unfinished
    }

    [Fact]
    public void A_file_in_the_folders_place_is_refused_and_not_changed()
    {
        var file = Path.Combine(root, "file");
        File.WriteAllText(file, "mine");
        Assert.Contains("no folder can be created there", Refusal("new", file), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void An_archive_that_is_not_there_is_the_interviewers_slip_and_no_report_is_written()
    {
        var (missing, there, reports) = (Path.Combine(root, "missing.zip"), Path.Combine(root, "there.zip"), Path.Combine(root, "reports"));
        File.WriteAllText(there, "no zip");
        var message = Refusal("grade", there, missing, "--out", reports);
        Assert.StartsWith($"{missing}: there is no such file or folder", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(reports));
    }

    private static int Invoked(params string[] arguments) =>
        TakeHomeVerb.Build().Parse(arguments).Invoke(new() { EnableDefaultExceptionHandler = false });

    private static string Refusal(params string[] arguments) =>
        Assert.Throws<CourseException>(
            () => TakeHomeVerb.Build().Parse(arguments).Invoke(new() { EnableDefaultExceptionHandler = false })).Message;
}
