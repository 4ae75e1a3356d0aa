using Course.TakeHome.Contracts;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

/// <summary>What the candidate's command says where something is amiss.</summary>
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

    private string Refusal(params string[] arguments) => Assert.Throws<TakeHomeException>(() => Said(arguments)).Message;

    [Theory]
    [InlineData("hint")]
    [InlineData("reset", "loop", "rewind")]
    [InlineData("status", "loop")]
    [InlineData("pack", "a.zip", "b.zip")]
    public void A_command_with_other_arguments_than_it_takes_is_told_as_that(params string[] arguments)
    {
        var message = Refusal(arguments);
        Assert.Contains("is not how that is called", message, StringComparison.Ordinal);
        Assert.Contains($"take-home {arguments[0]} ", message, StringComparison.Ordinal);
        Assert.Equal(2, message.Split('\n').Length);
    }

    [Fact]
    public void What_is_no_command_gets_the_list_of_those_there_are() => Assert.EndsWith(DeskCommand.Usage, Refusal("solve"), StringComparison.Ordinal);

    [Fact]
    public void An_archive_that_cannot_be_written_is_told_with_what_to_do()
    {
        Assert.Contains("Name a file in a folder that exists", Refusal("pack", Path.Combine(root, "nowhere", "a.zip")), StringComparison.Ordinal);
        Assert.Contains("Name a file in a folder that exists", Refusal("pack", root), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_compile_is_packed_with_a_warning_that_names_the_place()
    {
        var archive = Path.Combine(root, "a.zip");
        File.AppendAllText(folder.Answer("rewind"), "nonsense");
        File.Delete(folder.Answer("loop"));
        var said = Said("pack", archive);
        Assert.Contains("It does not compile", said, StringComparison.Ordinal);
        Assert.Contains("exercises/rewind/Answer.cs(", said, StringComparison.Ordinal);
        Assert.DoesNotContain("loop,", said, StringComparison.Ordinal); // gone is not as it was given
        Assert.True(File.Exists(archive));
    }

    [Fact]
    public void After_a_reset_nothing_is_said_to_pass()
    {
        var progress = FolderProgress.Of(folder);
        progress.Passed["rewind"] = [12, 12];
        progress.Save(folder);
        Assert.Contains("rewind     12 of 12 checks pass", Said("status"), StringComparison.Ordinal);
        Said("reset", "rewind");
        Assert.Contains("rewind     not checked yet", Said("status"), StringComparison.Ordinal);
    }
}
