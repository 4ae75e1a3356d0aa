using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;
using Course.TakeHome.Grading.HandIns;

namespace Course.TakeHome.Tests.Folder;

/// <summary>What the candidate's commands print when something is wrong.</summary>
public sealed class DeskCommandTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("desk-").FullName;

    private readonly TakeHomeFolder folder;

    public DeskCommandTests() => folder = FolderWriter.Write(Path.Combine(root, "exam"), 20, 120, TimeProvider.System);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Said(params string[] arguments)
    {
        using var output = new StringWriter();
        DeskCommand.Run(folder.Root, arguments, output, TimeProvider.System);
        return output.ToString();
    }

    private string Refusal(params string[] arguments) => Assert.Throws<CourseException>(() => Said(arguments)).Message;

    [Theory]
    [InlineData("hint")]
    [InlineData("reset", "loop", "rewind")]
    [InlineData("status", "loop")]
    [InlineData("pack", "a.zip", "b.zip")]
    public void A_command_with_wrong_arguments_is_refused_with_its_usage(params string[] arguments)
    {
        var message = Refusal(arguments);
        Assert.Contains("has the wrong arguments", message, StringComparison.Ordinal);
        Assert.Contains($"take-home {arguments[0]} ", message, StringComparison.Ordinal);
        Assert.Equal(2, message.Split('\n').Length);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("check", "--help")]
    public void Help_is_given_where_it_is_asked_for_and_needs_no_folder(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(0, DeskCommand.Run(root, arguments, output, TimeProvider.System));
        Assert.Equal(DeskCommand.Usage, output.ToString().Trim());
    }

    [Fact]
    public void A_copy_without_the_dot_folder_is_told_what_is_missing_and_can_be_handed_in()
    {
        File.WriteAllText(folder.Answer("loop"), "// mine");
        Directory.Delete(Path.Combine(folder.Root, HandInLayout.Desk), recursive: true);
        var archive = Path.Combine(root, "a.zip");
        Assert.All(new[] { Said("status"), Said("pack", archive) },
            said => Assert.Contains(".take-home is not there", said, StringComparison.Ordinal));
        Assert.Contains("copy it over from the folder", Refusal("hint", "loop"), StringComparison.Ordinal);
        Assert.Contains("copy it over from the folder", Refusal("reset", "loop"), StringComparison.Ordinal);
        Assert.Equal("// mine", File.ReadAllText(folder.Answer("loop")));
        Assert.Equal(LogState.Missing, HandInReader.Read(archive).Manifest.Log);
    }

    [Fact]
    public void Pack_says_what_is_in_the_archive()
    {
        File.WriteAllText(folder.Answer("loop"), Exercise.Named("loop").ReferenceFor(20));
        Assert.Contains(
            "code for 1 of 7 exercises, all questions answered in 0;", Said("pack", Path.Combine(root, "a.zip")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_gets_the_list_of_commands() =>
        Assert.EndsWith(DeskCommand.Usage, Refusal("solve"), StringComparison.Ordinal);

    [Fact]
    public void An_archive_that_cannot_be_written_is_an_error_that_says_what_to_do()
    {
        Assert.Contains(
            "Name a file in a folder that exists", Refusal("pack", Path.Combine(root, "nowhere", "a.zip")), StringComparison.Ordinal);
        Assert.Contains("Name a file in a folder that exists", Refusal("pack", root), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_does_not_compile_is_packed_with_a_warning_that_names_the_place()
    {
        var archive = Path.Combine(root, "a.zip");
        File.AppendAllText(folder.Answer("rewind"), "nonsense");
        File.Delete(folder.Answer("loop"));
        var said = Said("pack", archive);
        Assert.Contains("It does not compile", said, StringComparison.Ordinal);
        Assert.Contains("exercises/rewind/Answer.cs(", said, StringComparison.Ordinal);
        Assert.DoesNotContain("loop,", said, StringComparison.Ordinal); // a deleted answer is not the stub
        Assert.True(File.Exists(archive));
    }

    [Fact]
    public void A_package_that_grading_does_not_have_is_named_with_its_line_by_check_and_pack()
    {
        var project = Path.Combine(folder.Root, "TakeHome.csproj");
        const string Package = "    <PackageReference Include=\"MathNet.Numerics\" Version=\"5.0.0\" />\n";
        File.WriteAllText(
            project, File.ReadAllText(project).Replace("    <Reference ", $"{Package}    <Reference ", StringComparison.Ordinal));
        const string Told = @"TakeHome\.csproj\(1\d\): error: PackageReference MathNet\.Numerics: "
            + @"grading compiles answers with \.NET and the contracts alone";
        Assert.All(new[] { Said("check", "loop"), Said("pack", Path.Combine(root, "a.zip")) }, said => Assert.Matches(Told, said));
    }

    [Fact]
    public void After_a_reset_no_check_is_reported_as_passed()
    {
        folder.Log.Add(DateTimeOffset.UnixEpoch, LogEvent.Checked, "rewind", 12, 12);
        Assert.Contains("rewind     12 of 12 checks pass", Said("status"), StringComparison.Ordinal);
        Said("reset", "rewind");
        Assert.Contains("rewind     not checked yet", Said("status"), StringComparison.Ordinal);
    }
}
