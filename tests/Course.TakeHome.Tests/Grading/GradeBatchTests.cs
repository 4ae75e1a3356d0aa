using System.Text;
using System.Text.Json;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.Batches;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Rubrics;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading;

public sealed class GradeBatchTests : IDisposable
{
    private const ulong Seed = 31;

    private readonly string root = Directory.CreateTempSubdirectory("batch-").FullName;

    private string Out => Path.Combine(root, "out");

    public void Dispose() => Directory.Delete(root, recursive: true);

    private (BatchSummary Summary, List<BatchProgress> Told) Run(ISandbox sandbox, params IReadOnlyList<string> archives)
    {
        List<BatchProgress> told = [];
        return (new GradeBatch(new(sandbox, Seed), CourseRubric.Rubric, Out, 2, TimeProvider.System).Run(archives, told.Add), told);
    }

    private string Saved(string name, HandInText text)
    {
        var path = Path.Combine(root, $"{name}.zip");
        File.Move(text.Save(root), path);
        return path;
    }

    private static HandInText Coded(string statements) =>
        HandInText.Honest().But(
            text => text.Entries[0] = (HandInLayout.Adapter, Encoding.UTF8.GetBytes(CompiledText.Adapter(statements)), 0));

    private static readonly string[] Reaching =
    [
        "System.IO.File.ReadAllText(\"/etc/passwd\");", "System.Diagnostics.Process.Start(\"sh\");", "Environment.Exit(0);",
        "GetType().Assembly.GetTypes();", "new System.Net.Sockets.TcpClient(\"192.0.2.1\", 80);",
    ];

    private static readonly string[] Broken = ["nonsense", "int x = \"\";", "#error", "while (", "return exercise.Nothing();"];

    /// <summary>
    /// Fifty archives: 36 invalid ones, five whose code attacks its process, five that do not compile, a correct one and its copy, one with
    /// stubs, and one that is missing.
    /// </summary>
    private string[] Fifty()
    {
        var right = PackedFolder.Save(root, Seed, exercise => exercise.ReferenceFor(Seed), "right");
        var copy = Path.Combine(root, "copy.zip");
        File.Copy(right, copy);
        var stub = PackedFolder.Save(root, Seed, exercise => exercise.StubFor(Seed), "stub");
        return
        [
            .. HandInReaderTests.Names.Take(36).Select((name, index) => Saved($"hostile-{index}", HandInReaderTests.Named(name))),
            .. Reaching.Select((statements, index) => Saved($"reaching-{index}", Coded(statements))),
            .. Broken.Select((statements, index) => Saved($"broken-{index}", Coded(statements))),
            right, copy, stub, Path.Combine(root, "missing.zip"),
        ];
    }

    [SandboxFact]
    [Trait("Speed", "Slow")]
    public void Fifty_archives_are_graded_in_one_go_and_the_bad_ones_harm_no_other()
    {
        var archives = Fifty();
        Assert.Equal(50, archives.Length);
        var (summary, told) = Run(new Bubblewrap(), archives);
        Assert.Equal(Enumerable.Range(1, 50), told.Select(progress => progress.Done));
        Assert.All(told, progress => Assert.True(progress.Of == 50 && progress.Took > TimeSpan.Zero));
        Assert.Equal(
            [(GradeStatus.Graded, 8), (GradeStatus.Rejected, 37), (GradeStatus.DoesNotCompile, 5)],
            summary.Archives.CountBy(entry => entry.Status).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        var entries = summary.Archives.ToDictionary(entry => entry.Folder);
        var right = GradeReport.Parse(File.ReadAllText(Path.Combine(Out, "right", "report.json")));
        Assert.True(entries["right"].Exercises.All(exercise => exercise.Standing == Standing.Holds), string.Join('\n', right.Findings));
        Assert.All(entries["stub"].Exercises, exercise => Assert.Equal(Standing.NoAnswer, exercise.Standing));
        Assert.Equal(("right", null, null), (entries["copy"].SameArchiveAs, entries["copy"].SameCodeAs, entries["stub"].SameArchiveAs));
        Assert.All(summary.Archives, entry =>
        {
            Assert.True(File.Exists(Path.Combine(Out, entry.Folder, "report.html")), entry.Folder);
            Assert.Equal(entry.Status, GradeReport.Parse(File.ReadAllText(Path.Combine(Out, entry.Folder, "report.json"))).Status);
        });
        Assert.Equal(50, Directory.GetDirectories(Out).Length);
        var page = File.ReadAllText(Path.Combine(Out, "index.html"));
        Assert.All(summary.Archives, entry => Assert.Contains($"href=\"{entry.Folder}/report.html\"", page, StringComparison.Ordinal));
    }

    [SandboxFact]
    public void The_same_code_in_another_archive_is_noticed()
    {
        var first = Saved("first", Coded("nonsense"));
        var second = Saved("second", Coded("nonsense").With("exercises/loop/more.md", "other words"));
        var (summary, _) = Run(new Bubblewrap(), first, second);
        Assert.Equal((null, "first"), (summary.Archives[1].SameArchiveAs, summary.Archives[1].SameCodeAs));
    }

    [Fact]
    public void Archives_of_one_name_have_a_folder_each_and_a_summary_is_the_same_however_many_run_at_once()
    {
        var bad = Path.Combine(root, "bad.zip");
        File.WriteAllText(bad, "no zip");
        string[] archives = [bad, Path.Combine(root, "missing.zip"), bad, Path.Combine(root, "…….zip")];
        var (summary, _) = Run(new NoSandbox(), archives);
        Assert.Equal(["bad", "missing", "bad-2", "--"], summary.Archives.Select(entry => entry.Folder));
        Assert.Equal(
            ["rejected", "rejected", "rejected", "rejected"], summary.Archives.Select(entry => entry.Status.ToString().ToLowerInvariant()));
        Assert.Equal(summary.ToJson(), File.ReadAllText(Path.Combine(Out, "summary.json")));
        Assert.Equal("bad", summary.Archives[2].SameArchiveAs);
    }

    [Fact]
    public void A_second_run_into_the_same_folder_keeps_what_the_first_one_graded()
    {
        var (ada, bob) = (Garbled("ada"), Garbled("bob"));
        Run(new NoSandbox(), ada);
        Assert.Equal(["bob"], Run(new NoSandbox(), bob).Summary.Archives.Select(entry => entry.Folder));
        var page = File.ReadAllText(Path.Combine(Out, "index.html"));
        Assert.All(new[] { "ada", "bob" }, name => Assert.Contains($"href=\"{name}/report.html\"", page, StringComparison.Ordinal));
        Run(new NoSandbox(), ada);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "summary.json")));
        Assert.Equal(2, summary.RootElement.GetProperty("archives").GetArrayLength());
    }

    [Fact]
    public void Another_archive_of_a_name_that_was_graded_before_has_a_folder_of_its_own()
    {
        Run(new NoSandbox(), Garbled("hand-in"));
        File.WriteAllText(Path.Combine(root, "hand-in.zip"), "someone else's");
        Assert.Equal(["hand-in-2"], Run(new NoSandbox(), Path.Combine(root, "hand-in.zip")).Summary.Archives.Select(entry => entry.Folder));
        Assert.Equal(["hand-in", "hand-in-2"], Directory.GetDirectories(Out).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Only_its_owner_may_read_what_is_written_about_people()
    {
        Run(new NoSandbox(), Garbled("ada"));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_an_error_with_its_path()
    {
        Directory.CreateDirectory(Path.Combine(Out, "ada", "report.json"));
        var message = Assert.Throws<CourseException>(() => Run(new NoSandbox(), Garbled("ada"))).Message;
        Assert.Contains(Path.Combine(Out, "ada", "report.json"), message, StringComparison.Ordinal);
        Assert.Contains("0 of 1 archives were graded before", message, StringComparison.Ordinal);
    }

    private string Garbled(string name)
    {
        var path = Path.Combine(root, $"{name}.zip");
        File.WriteAllText(path, $"no zip of {name}'s");
        return path;
    }

    [Fact]
    public void A_cancelled_batch_leaves_a_summary_of_what_was_done()
    {
        var bad = Path.Combine(root, "bad.zip");
        File.WriteAllText(bad, "no zip");
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new GradeBatch(new(new NoSandbox()), CourseRubric.Rubric, Out, 1, TimeProvider.System).Run(
                [bad, bad, bad], _ => cancel.Cancel(), cancel.Token));
        Assert.Contains("\"rejected\"", File.ReadAllText(Path.Combine(Out, "summary.json")), StringComparison.Ordinal);
    }
}
