using System.Text.Json.Nodes;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

/// <summary>What is written in a notebook is handed in, and what is written in a file is never lost.</summary>
public sealed class NotebookAnswersTests : IDisposable
{
    private const ulong Seed = 20;
    private const string Id = "rejection", Mine = "// mine, in the notebook";

    private readonly string root = Directory.CreateTempSubdirectory("take-home-").FullName;
    private readonly TakeHomeFolder folder;

    public NotebookAnswersTests() => folder = FolderWriter.Write(Path.Combine(root, "exam"), Seed, 120, TimeProvider.System);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Answer
    {
        get => File.ReadAllText(folder.Answer(Id)).Trim();
        set => File.WriteAllText(folder.Answer(Id), value);
    }

    [Fact]
    public void A_notebook_nobody_wrote_in_changes_nothing()
    {
        var before = File.ReadAllText(folder.Written(Id));
        Assert.DoesNotContain("taken", Status(), StringComparison.Ordinal);
        Assert.Equal((Exercise.Named(Id).StubFor(Seed).Trim(), before), (Answer, File.ReadAllText(folder.Written(Id))));
    }

    [Fact]
    public void A_saved_answer_is_taken_and_taken_again_after_a_change()
    {
        Save("answer", Mine);
        Assert.Contains("exercises/rejection/Answer.cs was taken from notebooks/2-rejection.ipynb", Status(), StringComparison.Ordinal);
        Assert.Equal(Mine, Answer);
        Save("answer", Mine + ", better");
        Assert.Contains("was taken", Status(), StringComparison.Ordinal);
        Assert.Equal(Mine + ", better", Answer);
    }

    [Fact]
    public void A_file_changed_by_hand_counts_and_the_other_is_named_if_it_changed_too()
    {
        Save("answer", Mine);
        Status();
        Answer = "// by hand";
        Assert.DoesNotContain("Answer.cs", Status(), StringComparison.Ordinal);
        Save("answer", Mine + ", later");
        Assert.Contains("the file counts", Status(), StringComparison.Ordinal);
        Assert.Equal("// by hand", Answer);
        File.Delete(folder.Answer(Id));
        Status();
        Assert.Equal(Mine + ", later", Answer);
    }

    [Fact]
    public void Reset_holds_until_the_notebook_changes_again()
    {
        Save("answer", Mine);
        Status();
        folder.Reset(Id, TimeProvider.System);
        Status();
        Assert.Equal(Exercise.Named(Id).StubFor(Seed).Trim(), Answer);
        Save("answer", Mine + ", again");
        Status();
        Assert.Equal(Mine + ", again", Answer);
    }

    [Fact]
    public void Prediction_and_words_are_taken_together_and_count_as_written()
    {
        Save("prediction", $"{Cell("prediction")}\n\nAbout half.");
        Status();
        Assert.True(folder.Predicted(Id));
        Assert.DoesNotContain("Predict first", folder.Unwritten(Id));
        Assert.Equal(3, folder.Unwritten(Id).Count);
        Assert.StartsWith("# One position: in your words\n\n## Predict first\n", File.ReadAllText(folder.Written(Id)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_holds_what_the_notebook_says()
    {
        Save("answer", Mine);
        var manifest = HandInArchive.Write(folder, Path.Combine(root, "hand-in.zip"), TimeProvider.System);
        Assert.Equal(Mine.Length + 1, manifest.Files.Single(file => file.Path == "exercises/rejection/Answer.cs").Bytes);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"cells\": 3}")]
    public void A_notebook_that_cannot_be_read_is_named(string text)
    {
        File.WriteAllText(folder.Notebook(Id)!, text);
        Assert.Contains("2-rejection.ipynb", Assert.Throws<TakeHomeException>(Status).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"cells\": []}")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"no id\"}]}")]
    public void A_notebook_without_the_cells_has_nothing_to_say(string text)
    {
        File.WriteAllText(folder.Notebook(Id)!, text);
        Assert.DoesNotContain("taken", Status(), StringComparison.Ordinal);
    }

    private string Status()
    {
        using var output = new StringWriter();
        Assert.Equal(0, DeskCommand.Run(folder.Root, ["status"], output, TimeProvider.System));
        return output.ToString();
    }

    private JsonNode Notebook => JsonNode.Parse(File.ReadAllText(folder.Notebook(Id)!))!;

    private string Cell(string id) => string.Concat(Notebook["cells"]!.AsArray().Single(cell => (string?)cell!["id"] == id)!["source"]!.AsArray().Select(line => (string?)line));

    /// <summary>As an editor saves it: a cell's text as one string is as good as a list of lines.</summary>
    private void Save(string id, string text)
    {
        var notebook = Notebook;
        notebook["cells"]!.AsArray().Single(cell => (string?)cell!["id"] == id)!["source"] = text;
        File.WriteAllText(folder.Notebook(Id)!, notebook.ToJsonString());
    }
}
