using Course.Kernel.Running;
using Course.Kernel.Tests.Notebooks;

namespace Course.Kernel.Tests.Running;

/// <summary>Whatever a cell does, its notebook ends with a message that names the cell and the reason.</summary>
public sealed class CellFailureTests
{
    [Fact]
    public async Task An_exception_stops_the_notebook_and_is_reported_with_its_cell()
    {
        var run = await Runs.CellsAsync("md:intro", "1", "// divide\nvar zero = 0;\nvar bad = 1 / zero;", "3");

        Assert.Equal((2, "// divide"), (run.Failure!.Number, run.Failure.FirstLine));
        Assert.EndsWith("DivideByZeroException", run.Failure.Name, StringComparison.Ordinal);
        Assert.Equal("Attempted to divide by zero.", run.Failure.Message);
        Assert.Equal(["error"], run.OutputTypes(2));
        Assert.Empty(run.Executed.Cells[3].Outputs);
        Assert.Contains("cell [2]", run.Record.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_a_cell_cannot_control_a_terminal_or_reverse_a_line()
    {
        var failure = new CellFailure(1, "\u001b[2J// x", "E", "\u001b[32mpassed\u202e", ["\u009b1A"]);

        Assert.DoesNotContain(failure.ToString(), character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202e', failure.ToString());
    }

    [Fact]
    public async Task A_compile_error_is_reported_with_line_and_column()
    {
        var run = await Runs.CellsAsync("var a = 1;\nvar b = nonsense;");

        Assert.Contains("nonsense", run.Failure!.ToString(), StringComparison.Ordinal);
        Assert.Contains("(2,9)", run.Failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_may_fail_and_the_notebook_goes_on()
    {
        var run = await Runs.CellsAsync("""throw new InvalidOperationException("on purpose"); //tag:raises-exception""", "2");

        Assert.True(run.Passed, run.Failure?.ToString());
        Assert.Equal(["error"], run.OutputTypes(0));
        Assert.Equal("2", run.Plain(1));
    }

    [Fact]
    public async Task A_stack_overflow_ends_the_kernel_and_not_the_run()
    {
        // One frame that is too large for any stack, because the engine may detect recursion in time.
        var run = await Runs.CellsAsync(
            "void Overflow() { Span<byte> all = stackalloc byte[1 << 30]; all[^1] = 1; }", "Overflow(); //tag:raises-exception", "3");

        Assert.Equal((2, "KernelDied"), (run.Failure!.Number, run.Failure.Name));
        Assert.Contains("Stack overflow", run.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("exit code", run.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("error", run.OutputTypes(1));
    }

    [Fact]
    public async Task FailFast_ends_the_kernel_with_its_own_message()
    {
        var run = await Runs.CellsAsync("""Environment.FailFast("the reactor is hot");""");

        Assert.Equal("KernelDied", run.Failure!.Name);
        Assert.Contains("the reactor is hot", run.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exiting_the_process_is_reported_with_its_exit_code()
    {
        var run = await Runs.CellsAsync("Environment.Exit(7);");

        Assert.Contains("exit code 7", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_loop_ends_at_the_timeout()
    {
        var run = await Runs.CellsAsync(
            new RunnerOptions(CellTimeout: TimeSpan.FromSeconds(2)),
            """Console.Write("before"); while (true) { }  //tag:raises-exception""", "2");

        Assert.Equal((1, "Timeout"), (run.Failure!.Number, run.Failure.Name));
        Assert.Contains("ran longer than 2 s", run.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("--timeout", run.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_run_and_its_process()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.ipynb", NotebookText.Of(
            """System.IO.File.WriteAllText("pid", Environment.ProcessId.ToString()); while (true) { }"""));
        using var cancellation = new CancellationTokenSource();
        var run = Runs.RunnerOf(new RunnerOptions()).RunAsync(path, null, cancellation.Token);
        int process;
        while (!(File.Exists(folder.File("pid")) && int.TryParse(await File.ReadAllTextAsync(folder.File("pid")), out process)))
            await Task.Delay(50);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(process));
    }
}
