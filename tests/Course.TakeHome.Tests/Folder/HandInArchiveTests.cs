using System.Text.Json.Nodes;
using Course.TakeHome.Contracts;
using Course.TakeHome.Folder;
using Course.TakeHome.Grading.HandIns;

namespace Course.TakeHome.Tests.Folder;

/// <summary>Grading reads what `pack` writes, and `pack` reports what grading would reject.</summary>
public sealed class HandInArchiveTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pack-").FullName;
    private readonly TakeHomeFolder folder;

    public HandInArchiveTests() => folder = FolderWriter.Write(Path.Combine(root, "exam"), 20, 120, TimeProvider.System);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Archive => Path.Combine(root, "a.zip");

    private HandIn Packed()
    {
        HandInArchive.Write(folder, Archive, TimeProvider.System);
        return HandInReader.Read(Archive);
    }

    private void Put(string path, string text)
    {
        var full = Path.Combine(folder.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    [Fact]
    public void Outputs_of_a_notebook_are_left_out_however_long_they_are()
    {
        var path = folder.Notebook("loop")!;
        var notebook = JsonNode.Parse(File.ReadAllText(path))!;
        var cell = notebook["cells"]!.AsArray().First(cell => (string?)cell!["cell_type"] == "code")!;
        var output = new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = new string('x', 5_000_000) };
        (cell["execution_count"], cell["outputs"]) = (7, new JsonArray(output));
        File.WriteAllText(path, notebook.ToJsonString());
        var packed = JsonNode.Parse(Packed().Written["notebooks/3-loop.ipynb"])!["cells"]!.AsArray();
        Assert.Equal(notebook["cells"]!.AsArray().Count, packed.Count);
        Assert.All(packed.Where(cell => (string?)cell!["cell_type"] == "code"),
            cell => Assert.Equal((0, null), (cell!["outputs"]!.AsArray().Count, (int?)cell["execution_count"])));
        Assert.Contains("xxx", File.ReadAllText(path), StringComparison.Ordinal); // the candidate's own stays as it is
    }

    [Fact]
    public void Files_that_systems_add_by_themselves_are_not_packed()
    {
        Put("exercises/loop/._Answer.cs", "\0");
        Put("notebooks/.ipynb_checkpoints/3-loop-checkpoint.ipynb", "{}");
        Put("exercises/__MACOSX/Answer.cs", "\0");
        Assert.DoesNotContain(Packed().Manifest.Files,
            file => file.Path.Contains("._", StringComparison.Ordinal) || file.Path.Contains("checkpoint", StringComparison.Ordinal)
                || file.Path.Contains("MACOSX", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exercises/loop/e\u0301tude.cs", "another form")]
    [InlineData("exercises/loop/ notes.md", "begins or ends with a space")]
    [InlineData("exercises/loop/what?.md", "means something else on another system")]
    [InlineData("exercises/loop/answer.cs", "one file where case is ignored")]
    public void A_name_that_grading_would_reject_is_named_and_no_archive_is_made(string path, string why)
    {
        Put(path, "// mine");
        Assert.Contains(why, Assert.Throws<CourseException>(Packed).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Archive));
    }

    [Fact]
    public void A_file_larger_or_denser_than_grading_reads_is_refused_by_name()
    {
        Put("exercises/loop/notes.md", new string('x', 5_000_000));
        Put("exercises/loop/blank.md", new string(' ', 300_000));
        var message = Assert.Throws<CourseException>(Packed).Message;
        Assert.Contains("exercises/loop/notes.md has 5000000 bytes; at most 4194304 are read", message, StringComparison.Ordinal);
        Assert.Contains("exercises/loop/blank.md unpacks", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_archive_survives_a_pack_that_fails()
    {
        Packed();
        var before = File.ReadAllBytes(Archive);
        Put("exercises/loop/ notes.md", "");
        Assert.Throws<CourseException>(Packed);
        Assert.Equal(before, File.ReadAllBytes(Archive));
        Assert.Equal(["a.zip", "exam"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_deleted_or_changed_log_is_reported_in_the_manifest()
    {
        folder.NextHint("loop", TimeProvider.System);
        Assert.Equal(LogState.Whole, Packed().Manifest.Log);
        var log = Path.Combine(folder.Root, HandInLayout.Desk, "log.jsonl");
        File.WriteAllLines(log, File.ReadAllLines(log).Where(line => !line.Contains("hint", StringComparison.Ordinal)));
        Assert.Equal(LogState.Changed, Packed().Manifest.Log);
        File.Delete(log);
        Assert.Equal(LogState.Missing, Packed().Manifest.Log);
    }
}
