using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Kernel.Tests.Notebooks;

namespace Course.Kernel.Tests.Running;

public sealed class NotebookRunnerTests
{
    [Fact]
    public async Task A_cell_sees_the_earlier_ones_and_its_value_is_its_result()
    {
        var run = await Runs.CellsAsync("md:# Title", "var x = 40;", "x + 2");

        Assert.True(run.Passed, run.Failure?.ToString());
        Assert.Empty(run.Executed.Cells[1].Outputs);
        Assert.Equal(["execute_result"], run.OutputTypes(2));
        Assert.Equal("42", run.Plain(2));
        Assert.Equal([1, 2], run.Executed.CodeCells.Select(cell => cell.ExecutionCount ?? 0));
        Assert.Equal(2, (int?)run.Executed.Cells[2].Outputs[0]!["execution_count"]);
    }

    [Fact]
    public async Task Console_output_is_separated_by_stream_and_joined_within_a_stream()
    {
        var run = await Runs.CellsAsync(
            """for (var i = 0; i < 3; i++) Console.Write(i + "\n"); Console.Error.Write("oh "); Console.Error.Write("no");""");

        Assert.Equal(["stream", "stream"], run.OutputTypes(0));
        Assert.Equal("0\n1\n2\n", run.Stream(0));
        Assert.Equal("oh no", run.Stream(0, "stderr"));
    }

    [Fact]
    public async Task Output_of_native_code_and_child_processes_belongs_to_its_cell()
    {
        // Without the fence the first cell would end before its last output is read.
        var run = await Runs.CellsAsync(
            """Console.OpenStandardOutput().Write("native"u8); Console.OpenStandardError().Write("alarm"u8);""",
            """Console.Write("second");""");

        Assert.Equal(("native", "alarm"), (run.Stream(0), run.Stream(0, "stderr")));
        Assert.Equal("second", run.Stream(1));
    }

    /// <summary>
    /// Runs in the command's own process, because the test process has no cultures. Without ICU the run passes too, with other values.
    /// </summary>
    [Fact]
    public async Task Cells_have_cultures_and_normalisation_where_the_machine_has_ICU()
    {
        var run = await Runs.CellsAsync(
            "(1.5).ToString(System.Globalization.CultureInfo.CurrentCulture)",
            """try { Console.Write((1.5).ToString(new System.Globalization.CultureInfo("de-DE"))); } catch (System.Globalization.CultureNotFoundException) { Console.Write("no ICU"); }""",
            "\"é\".Normalize(NormalizationForm.FormD).Length");

        Assert.True(run.Passed, run.Failure?.ToString());
        Assert.Equal("1.5", run.Plain(0));
        if (run.Stream(1) != "no ICU" || File.Exists("/usr/share/doc/libicu-dev/copyright"))
            Assert.Equal(("1,5", "2"), (run.Stream(1), run.Plain(2)));
    }

    [Fact]
    public async Task Text_survives_in_every_script()
    {
        var run = await Runs.CellsAsync("""Console.Write("Grüße, 世界 😀\u0001\r\n");""", "\"𝔼[x] → ∞\"", """Console.Write("\ud800");""");

        Assert.Equal("Grüße, 世界 😀\u0001\n", run.Stream(0).ReplaceLineEndings("\n"));
        Assert.Equal("𝔼[x] → ∞", run.Plain(1));
        Assert.True(run.Passed);
    }

    [Fact]
    public async Task A_display_updates_where_it_was_shown()
    {
        var run = await Runs.CellsAsync("""var shown = display("before");""", """shown.Update("after");""");

        Assert.True(run.Passed, run.Failure?.ToString());
        Assert.Equal("after", run.Plain(0));
        Assert.Empty(run.Executed.Cells[1].Outputs);
    }

    [Fact]
    public async Task Every_run_starts_from_nothing_and_leaves_the_source_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.ipynb", NotebookText.Of("1 + 1", "throw new Exception();", "3"));
        var before = await File.ReadAllTextAsync(path);
        var run = await Runs.RunnerOf(new RunnerOptions()).RunAsync(path);
        run.Save(folder.File("out/a.ipynb"));

        var again = await Runs.RunnerOf(new RunnerOptions()).RunAsync(folder.File("out/a.ipynb"));

        Assert.Equal(before, await File.ReadAllTextAsync(path));
        Assert.Single(again.Executed.Cells[0].Outputs);
        Assert.Empty(again.Executed.Cells[2].Outputs);
        Assert.Null(again.Executed.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task The_working_directory_is_the_notebooks_own()
    {
        using var folder = new TemporaryFolder();
        folder.Write("deep/beside.txt", "found");
        var path = folder.Write("deep/a.ipynb", NotebookText.Of("""System.IO.File.ReadAllText("beside.txt")"""));

        var run = await Runs.RunnerOf(new RunnerOptions()).RunAsync(path);

        Assert.Equal("found", run.Plain(0));
    }

    [Fact]
    public async Task Options_reach_the_library_through_the_environment()
    {
        var run = await Runs.CellsAsync(
            new RunnerOptions(Device: "cpu", Quick: true),
            """Environment.GetEnvironmentVariable("COURSE_DEVICE") + Environment.GetEnvironmentVariable("COURSE_QUICK")""");

        Assert.Equal("cpu1", run.Plain(0));
        Assert.True(run.Record.Quick);
        Assert.Equal("cpu", run.Record.Device);
    }

    [Fact]
    public async Task Progress_is_reported_before_each_cell()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.ipynb", NotebookText.Of("md:text", "\n1", "2"));
        var heard = new Recorder();

        await Runs.RunnerOf(new RunnerOptions()).RunAsync(path, heard);

        Assert.Equal([new CellProgress(1, 2, "1"), new CellProgress(2, 2, "2")], heard.Cells);
    }

    [Fact]
    public async Task Input_is_unavailable()
    {
        var run = await Runs.CellsAsync("Console.ReadLine()");

        Assert.Contains("input", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_displays_are_cut_with_a_note()
    {
        var run = await Runs.CellsAsync(
            """var x = new string('x', 400_000); for (var i = 0; i < 100; i++) { display(x); Console.Error.Write(x); }""", "2");

        Assert.True(run.Passed, run.Failure?.ToString());
        Assert.Contains("cut here", run.Stream(0, "stderr"), StringComparison.Ordinal);
        Assert.InRange(run.Executed.Cells[0].Outputs.ToJsonString().Length, OutputSize.CellLimit / 2, OutputSize.CellLimit + 100_000);
        Assert.Equal("2", run.Plain(1));
    }

    [Fact]
    public async Task A_notebook_with_too_much_output_fails_and_its_copy_can_be_read()
    {
        using var folder = new TemporaryFolder();
        var shows = """Console.Write(new string('x', 15 << 20));""";
        var source = folder.Write("a.ipynb", NotebookText.Of(shows, shows, shows, shows, "5"));
        var run = await Runs.RunnerOf(new RunnerOptions()).RunAsync(source);

        run.Save(folder.File("out/a.ipynb"));

        Assert.Equal((4, "TooMuchOutput"), (run.Failure!.Number, run.Failure.Name));
        Assert.False(RunRecord.From(NotebookFile.Read(folder.File("out/a.ipynb")))!.Passed);
    }

    [Fact]
    public async Task An_exception_may_contain_any_amount_of_text()
    {
        var run = await Runs.CellsAsync("""throw new Exception(new string('x', 100_000_000));""");

        Assert.InRange(run.Failure!.Message.Length, 1000, 100_000);
    }

    [Fact]
    public async Task A_file_that_is_not_a_notebook_starts_no_process()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<NotebookException>(
            () => Runs.RunnerOf(new RunnerOptions()).RunAsync(folder.Write("a.ipynb", "nothing")));
    }

    private sealed class Recorder : IProgress<CellProgress>
    {
        public List<CellProgress> Cells { get; } = [];

        public void Report(CellProgress value) => Cells.Add(value);
    }
}
