using System.IO.Compression;
using System.Security.Cryptography;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

/// <summary>What a candidate does: work in a folder with the SDK and the commands.</summary>
public sealed class CandidateFolderTests : IDisposable
{
    private const ulong Seed = 20;

    private readonly string root = Directory.CreateTempSubdirectory("take-home-").FullName;

    private TakeHomeFolder New(ulong seed = Seed, string name = "exam") =>
        FolderWriter.Write(Path.Combine(root, name), seed, 120, TimeProvider.System);

    public void Dispose() => Directory.Delete(root, recursive: true);

    // One folder for three states, because a build takes seconds.
    [Fact]
    public void Stubs_are_unfinished_references_pass_and_bugs_fail_by_name_through_build_and_check()
    {
        var folder = New();
        var stubs = FolderCheck.Run(folder, []);
        Assert.Empty(stubs.BuildErrors);
        Assert.Null(stubs.Trouble);
        Assert.Equal(CheckSuite.Visible.Sum(suite => suite.Checks.Count), stubs.Outcomes.Count);
        Assert.All(stubs.Outcomes, outcome => Assert.Equal(Verdict.Unfinished, outcome.Verdict));

        foreach (var exercise in Exercise.All)
            File.WriteAllText(folder.Answer(exercise.Id), exercise.ReferenceFor(Seed));
        var right = FolderCheck.Run(folder, []);
        Assert.True(right.Passed, right.ToString());
        Assert.All(Exercise.All,
            exercise => Assert.Contains(right.Lines, line => line.Exercise == exercise.Id && line.Measured is not null));

        Assert.StartsWith(
            "<svg", File.ReadAllText(Path.Combine(folder.ExerciseFolder("pressure"), HandInLayout.Picture)), StringComparison.Ordinal);

        foreach (var exercise in Exercise.All)
            File.WriteAllText(folder.Answer(exercise.Id), exercise.Filled(exercise.Bugs[^1].In(exercise.Reference), Seed));
        var wrong = FolderCheck.Run(folder, []);
        foreach (var exercise in Exercise.All)
            Assert.Contains(wrong.Outcomes,
                outcome => outcome.Exercise == exercise.Id && outcome.Check == exercise.Bugs[^1].Check
                    && outcome.Verdict != Verdict.Passed);
        Assert.Contains("where", wrong.ToString(), StringComparison.Ordinal);
        // A deliberate mistake shows in the measurement, too.
        Assert.Contains(wrong.Lines, line => line.Exercise == "filter" && line.Measured is not null);
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_an_error_and_existing_files_stay()
    {
        var file = Path.Combine(root, "file");
        File.WriteAllText(file, "mine");
        Assert.Contains(
            "no folder can be created there", Assert.Throws<CourseException>(() => New(name: "file")).Message, StringComparison.Ordinal);
        Assert.Contains("is not empty", Assert.Throws<CourseException>(() => New(name: "")).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void The_readme_says_what_time_there_is_and_what_all_of_it_would_take()
    {
        var readme = File.ReadAllText(Path.Combine(New().Root, "README.md"));
        Assert.Contains("**120 minutes**", readme, StringComparison.Ordinal);
        Assert.Contains($"adds up to {Exercise.All.Sum(exercise => exercise.Card.Minutes)} minutes", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_does_not_compile_is_reported_by_file_and_line()
    {
        var folder = New();
        File.AppendAllText(folder.Answer("rejection"), "nonsense");
        var report = FolderCheck.Run(folder, ["rejection"]);
        Assert.False(report.Passed);
        Assert.Contains(report.BuildErrors, error => error.StartsWith("exercises/rejection/Answer.cs(", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_that_ends_the_process_is_reported_as_such_and_what_was_checked_before_it_is_kept()
    {
        var folder = New();
        const string Class = "public sealed class CacheRewind : ICacheRewind\n{";
        const string Gone = "\n    private static Exception Gone(string why) { Environment.Exit(3); return new(why); }\n";
        File.WriteAllText(folder.Answer("rewind"), File.ReadAllText(folder.Answer("rewind"))
            .Replace("throw new NotImplementedException(\"Exercise rewind: what", "throw Gone(\"Exercise rewind: what",
                StringComparison.Ordinal)
            .Replace(Class, Class + Gone, StringComparison.Ordinal));
        var report = FolderCheck.Run(folder, ["filter", "rewind"]);
        Assert.False(report.Passed);
        Assert.Contains("code 3", report.Trouble, StringComparison.Ordinal);
        Assert.Contains(report.Outcomes, outcome => outcome.Exercise == "filter");
    }

    [Fact]
    public void Hints_come_in_turn_are_recorded_and_can_be_read_again()
    {
        var folder = New();
        var hints = Enumerable.Range(0, 3).Select(_ => folder.NextHint("loop", TimeProvider.System)).ToArray();
        Assert.Equal(3, hints.Distinct().Count());
        var again = folder.NextHint("loop", TimeProvider.System);
        Assert.All(hints, hint => Assert.Contains(hint.Split("\n\n", 2)[1], again, StringComparison.Ordinal));
        var packed = HandInArchive.Write(folder, Path.Combine(root, "a.zip"), TimeProvider.System);
        Assert.Equal(3, packed.Exercises.Single(exercise => exercise.Id == "loop").Hints.Count);
    }

    [Fact]
    public void A_deleted_answer_is_neither_written_nor_code_nor_kept_by_a_reset()
    {
        var folder = New();
        var all = folder.Unwritten("loop");
        File.WriteAllText(folder.Written("loop"), "");
        Assert.Equal(all, folder.Unwritten("loop"));
        Directory.Delete(folder.ExerciseFolder("loop"), recursive: true);
        Assert.Equal(all, folder.Unwritten("loop"));
        Assert.False(folder.HasCode("loop"));
        Assert.Null(folder.Reset("loop", TimeProvider.System));
    }

    [Fact]
    public void Reset_brings_the_stub_back_and_keeps_what_was_there()
    {
        var folder = New();
        var stub = File.ReadAllText(folder.Answer("rewind"));
        File.WriteAllText(folder.Answer("rewind"), "// mine");
        Assert.Equal("// mine", File.ReadAllText(folder.Reset("rewind", TimeProvider.System)!));
        Assert.Equal(stub, File.ReadAllText(folder.Answer("rewind")));
    }

    [Fact]
    public void A_prediction_counts_when_something_is_written_under_it()
    {
        var folder = New();
        Assert.False(folder.Predicted("rejection"));
        var text = File.ReadAllText(folder.Written("rejection"));
        Assert.Contains("Predict first", folder.Unwritten("rejection"));
        var next = text.IndexOf("\n## ", text.IndexOf("## Predict first", StringComparison.Ordinal) + 1, StringComparison.Ordinal);
        File.WriteAllText(folder.Written("rejection"), text.Insert(next, "\nAbout half.\n"));
        Assert.True(folder.Predicted("rejection"));
        Assert.True(folder.Unwritten("rejection").Count > 0);
    }

    [Fact]
    public void The_archive_holds_what_its_manifest_says_and_nothing_that_runs_by_itself()
    {
        var folder = New();
        var path = Path.Combine(root, "hand-in.zip");
        HandInArchive.Write(folder, path, TimeProvider.System);
        using var zip = ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.GetEntry(HandInLayout.Manifest)!.Open());
        var manifest = HandInManifest.Parse(reader.ReadToEnd());
        Assert.Equal((HandInLayout.Version, Seed, 120), (manifest.Version, manifest.Seed, manifest.Minutes));
        Assert.Equal(
            zip.Entries.Select(entry => entry.FullName).Where(name => name != HandInLayout.Manifest),
            manifest.Files.Select(file => file.Path));
        foreach (var file in manifest.Files)
        {
            using var bytes = new MemoryStream();
            using var stream = zip.GetEntry(file.Path)!.Open();
            stream.CopyTo(bytes);
            Assert.Equal((file.Sha256, file.Bytes), (Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), bytes.Length));
        }
        Assert.DoesNotContain(manifest.Files, file => Path.GetExtension(file.Path) is ".csproj" or ".props" or ".dll" or ".json");
    }

    [Fact]
    public void Nothing_in_the_folder_is_left_to_fill_in() => Assert.All(
        Directory.EnumerateFiles(New().Root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".dll"),
        file => Assert.False(
            File.ReadAllText(file).Contains("{{", StringComparison.Ordinal) && !file.EndsWith("Contracts.xml", StringComparison.Ordinal),
            file));
}
