using System.Text.Json.Nodes;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

/// <summary>Answers in a notebook are handed in, and answers in a file are never lost.</summary>
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
    public void An_unchanged_notebook_changes_nothing()
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
    public void Prediction_and_written_answers_are_taken_together_and_count_as_written()
    {
        Save("prediction", $"{Cell("prediction")}\n\nAbout half.");
        Status();
        Assert.True(folder.Predicted(Id));
        Assert.DoesNotContain("Predict first", folder.Unwritten(Id));
        Assert.Equal(4, folder.Unwritten(Id).Count); // three questions of the card, and the one about help
        Assert.StartsWith(
            "# One position: in your words\n\n## Predict first\n", File.ReadAllText(folder.Written(Id)), StringComparison.Ordinal);
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
    [InlineData("[]")]
    [InlineData("{\"cells\": 3}")]
    [InlineData("{\"cells\": [3]}")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": [null]}]}")]
    public void A_notebook_that_cannot_be_read_is_named_and_the_others_are_taken(string text)
    {
        Save("answer", Mine);
        File.WriteAllText(folder.Notebook("loop")!, text);
        Assert.Contains("notebooks/3-loop.ipynb is not a readable notebook any more", Status(), StringComparison.Ordinal);
        Assert.Equal(Mine, Answer);
    }

    [Fact]
    public void A_message_that_quotes_a_notebook_moves_no_cursor()
    {
        File.WriteAllText(folder.Notebook("loop")!, "{\"cells\": [{\"cell_type\": \"\u001b[2J\", \"source\": {\"\u001b[31m\": 1}}]}");
        Assert.DoesNotContain('\u001b', Status());
    }

    [Theory]
    [InlineData("{\"cells\": []}")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"\"}]}")]
    public void A_notebook_without_code_gives_no_answer(string text)
    {
        File.WriteAllText(folder.Notebook(Id)!, text);
        Assert.DoesNotContain("taken", Status(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_accepted()
    {
        Save("answer", Mine);
        File.WriteAllText(
            folder.Notebook(Id)!, File.ReadAllText(folder.Notebook(Id)!),
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Status();
        Assert.Equal(Mine, Answer);
    }

    private static string Own => Exercise.Named(Id).ReferenceFor(Seed).Trim();

    [Theory]
    [InlineData("dropped")]
    [InlineData("renumbered")]
    [InlineData("metadata")]
    [InlineData("pasted below")]
    [InlineData("pasted beside the stub")]
    public void Answer_and_written_answers_are_found_whatever_a_front_end_does_to_the_ids(string how)
    {
        Save("answer", Own);
        Save("prediction", $"{Cell("prediction")}\n\nAbout half.");
        Edit(cells =>
        {
            foreach (var (index, cell) in cells.Select((cell, index) => (index, cell!.AsObject())).ToArray())
                if (how == "metadata")
                    (cell["metadata"], cell["id"]) = (new JsonObject { ["id"] = (string?)cell["id"] }, null);
                else if (how == "renumbered")
                    cell["id"] = $"{index}";
                else
                    cell.Remove("id");
            if (how.StartsWith("pasted", StringComparison.Ordinal))
            {
                var answer = cells.Single(cell => cell!["source"] is JsonValue text && (string?)text == Own)!;
                cells.Remove(answer);
                cells.Add(answer);
            }
            if (how == "pasted beside the stub")
                cells.Insert(
                    5, new JsonObject { ["cell_type"] = "code", ["id"] = "answer", ["source"] = Exercise.Named(Id).StubFor(Seed).Trim() });
        });
        Status();
        Assert.Equal(Own, Answer);
        Assert.True(folder.Predicted(Id));
    }

    [Fact]
    public void A_prediction_in_a_cell_of_its_own_below_the_question_is_taken_with_it()
    {
        Edit(cells => cells.Insert(3, new JsonObject { ["cell_type"] = "markdown", ["source"] = "About half." }));
        Status();
        Assert.True(folder.Predicted(Id));
    }

    [Fact]
    public void Code_that_is_not_taken_as_an_answer_is_named_by_the_number_of_its_cell()
    {
        Edit(cells =>
        {
            cells.Remove(cells.Single(cell => (string?)cell!["id"] == "answer"));
            cells.Add(new JsonObject { ["cell_type"] = "code", ["source"] = "double Mine() => 3;" });
        });
        Assert.Contains(
            "notebooks/2-rejection.ipynb: no cell implements IRejectionSampling, so the code in cell 11 was not taken.", Status(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("markdown")]
    public void An_answer_in_a_cell_that_became_a_text_cell_is_named(string type)
    {
        Save("answer", Own);
        Edit(cells => cells.Single(cell => (string?)cell!["id"] == "answer")!["cell_type"] = type);
        Assert.Contains(
            "cell 6 implements IRejectionSampling in text, not in code, so it was not taken.", Status(), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_beside_the_answer_are_named_and_scratch_code_is_not()
    {
        Save("answer", Own);
        Edit(cells => cells.Add(new JsonObject { ["cell_type"] = "code", ["source"] = "1 + 1" }));
        Assert.DoesNotContain("cell 12", Status(), StringComparison.Ordinal);
        Edit(cells => cells.Add(new JsonObject { ["cell_type"] = "code", ["source"] = "// a class of mine\nstatic class Helper { }" }));
        Assert.Contains("only cell 6 was taken; cell 13 declares types", Status(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_answers_none_is_taken_and_both_are_named()
    {
        Edit(cells =>
        {
            cells.Remove(cells.Single(cell => (string?)cell!["id"] == "answer"));
            cells.Add(new JsonObject { ["cell_type"] = "code", ["source"] = Own });
            cells.Add(new JsonObject { ["cell_type"] = "code", ["source"] = Own + "// again" });
        });
        Assert.Contains("cells 11, 12 each implement IRejectionSampling, so none was taken", Status(), StringComparison.Ordinal);
        Assert.Equal(Exercise.Named(Id).StubFor(Seed).Trim(), Answer);
    }

    [Fact]
    public void An_answer_in_a_copy_of_the_notebook_is_named()
    {
        Save("answer", Own);
        File.Move(folder.Notebook(Id)!, Path.Combine(folder.Root, "notebooks", "2-rejection-Copy1.ipynb"));
        Assert.Contains(
            "notebooks/2-rejection-Copy1.ipynb holds an answer to rejection, and is not read", Status(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_that_is_there_before_the_first_check_is_one_that_came_first()
    {
        Save("prediction", $"{Cell("prediction")}\n\nAbout half.");
        Status();
        folder.Log.Add(TimeProvider.System.GetUtcNow(), LogEvent.Checked, Id, 1, 4);
        folder.Log.Add(TimeProvider.System.GetUtcNow(), LogEvent.Checked, "loop", 1, 9);
        File.WriteAllText(
            folder.Written("loop"),
            File.ReadAllText(folder.Written("loop")).Replace("\n## Why faster", "\nSix.\n\n## Why faster", StringComparison.Ordinal));
        var packed = HandInArchive.Write(folder, Path.Combine(root, "a.zip"), TimeProvider.System);
        var (first, late) = (
            packed.Exercises.Single(exercise => exercise.Id == Id), packed.Exercises.Single(exercise => exercise.Id == "loop"));
        Assert.Equal((true, 1, LogState.Whole), (first.Predicted, first.Checks, packed.Log));
        Assert.False(late.Predicted);
        Assert.True(late.PredictedAt > late.FirstChecked);
    }

    private void Edit(Action<JsonArray> change)
    {
        var notebook = Notebook;
        change(notebook["cells"]!.AsArray());
        File.WriteAllText(folder.Notebook(Id)!, notebook.ToJsonString());
    }

    private string Status()
    {
        using var output = new StringWriter();
        Assert.Equal(0, DeskCommand.Run(folder.Root, ["status"], output, TimeProvider.System));
        return output.ToString();
    }

    private JsonNode Notebook => JsonNode.Parse(File.ReadAllText(folder.Notebook(Id)!))!;

    private string Cell(string id) =>
        string.Concat(
            Notebook["cells"]!.AsArray().Single(cell => (string?)cell!["id"] == id)!["source"]!.AsArray().Select(line => (string?)line));

    /// <summary>Saves a cell as some editors do: with its text as one string instead of a list of lines.</summary>
    private void Save(string id, string text)
    {
        var notebook = Notebook;
        notebook["cells"]!.AsArray().Single(cell => (string?)cell!["id"] == id)!["source"] = text;
        File.WriteAllText(folder.Notebook(Id)!, notebook.ToJsonString());
    }
}
