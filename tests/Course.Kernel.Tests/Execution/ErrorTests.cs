using Course.Kernel.Execution;

namespace Course.Kernel.Tests.Execution;

public sealed class ErrorTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Fact]
    public async Task Exceptions_keep_their_name_and_point_into_the_cell()
    {
        var failure = await notebook.Failure("var zero = 0;\n\nvar x = 1 / zero;");
        Assert.Equal("System.DivideByZeroException", failure.Name);
        Assert.Equal("   at cell 1, line 3: var x = 1 / zero;", failure.Traceback[1]);
        Assert.Equal(2, failure.Traceback.Count);
    }

    [Fact]
    public async Task The_traceback_walks_through_functions_of_earlier_cells()
    {
        await notebook.Run("int Divide(int n)\n{\n    return 1 / n;\n}");
        var failure = await notebook.Failure("await Task.Yield();\nDivide(0)");
        Assert.Equal(["   at Divide(int) in cell 1, line 3: return 1 / n;", "   at cell 2, line 2: Divide(0)"], failure.Traceback.Skip(1));
    }

    [Fact]
    public async Task Exceptions_declared_in_a_cell_have_their_plain_name()
    {
        await notebook.Run("class TooSlow : Exception { public TooSlow() : base(\"too slow\") {} }");
        var failure = await notebook.Failure("throw new TooSlow();");
        Assert.Equal(("TooSlow", "too slow"), (failure.Name, failure.Message));
    }

    [Fact]
    public async Task Inner_exceptions_are_named()
    {
        var failure = await notebook.Failure("throw new Exception(\"outer\", new ArgumentException(\"inner\"));");
        Assert.Contains("caused by System.ArgumentException: inner", failure.Traceback);
    }

    [Fact]
    public async Task A_deep_traceback_is_cut()
    {
        var failure = await notebook.Failure("int Down(int n) => n == 0 ? throw new Exception() : Down(n - 1) + 1;\nDown(500)");
        Assert.InRange(failure.Traceback.Count, 10, 20);
    }

    [Fact]
    public async Task Compile_errors_have_line_column_code_and_caret()
    {
        var failure = await notebook.Failure("var ok = 1;\nvar bad = missing + 1;");
        Assert.Equal(CellOutcome.CompilationError, failure.Name);
        Assert.StartsWith("(2,11): error CS0103: ", failure.Traceback[0], StringComparison.Ordinal);
        Assert.Equal(["    var bad = missing + 1;", "              ^^^^^^^"], failure.Traceback.Skip(1));
    }

    [Fact]
    public async Task Compile_errors_come_once_and_in_the_order_of_their_lines()
    {
        // The compiler reports the second line first: the parser comes before the binder.
        var failure = await notebook.Failure("var a = missing;\nvar b = 1 +;");
        Assert.Equal(
            ["(1,9): error CS0103", "(2,12): error CS1525"],
            failure.Traceback.Where(l => l.StartsWith('(')).Select(l => l[..l.LastIndexOf(": ", StringComparison.Ordinal)]));
        Assert.StartsWith("(1,9)", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", notebook.Output.Error);
    }

    [Fact]
    public async Task Many_compile_errors_and_long_lines_are_cut()
    {
        var failure = await notebook.Failure(string.Concat(Enumerable.Range(0, 500).Select(i => $"missing{i}(); ")));
        Assert.Contains("… 480 more errors", failure.Traceback);
        Assert.All(failure.Traceback, line => Assert.InRange(line.Length, 1, 250));
    }

    [Theory]
    [InlineData("[Obsolete(\"gone\")] int Old() => 1;\nOld();", "(2,1): warning CS0618")]
    [InlineData("string name = null;", "(1,15): warning CS8625")]
    [InlineData("async Task Late() => await Task.Yield();\nLate(); Console.Write(1);", "(2,1): warning CS4014")]
    public async Task Warnings_are_shown_and_the_cell_runs(string code, string expected)
    {
        Assert.IsType<CellOutcome.Succeeded>(await notebook.Run(code));
        Assert.StartsWith(expected, notebook.Output.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var x = 1; string? s = null; s?.Length")]
    [InlineData("async Task<int> Late() { await Task.Yield(); return 1; } Late()")]
    [InlineData("#pragma warning disable CS0618\n[Obsolete(\"gone\")] int Old() => 1;\nOld();")]
    public async Task Correct_code_has_no_warnings(string code)
    {
        await notebook.Run(code);
        Assert.Equal("", notebook.Output.Error);
    }

    [Theory]
    [InlineData("class Bad : Exception { public override string Message => throw new Exception(); } throw new Bad();")]
    [InlineData("class Bad : Exception { public override string Message => Message + 1; } throw new Bad();")]
    [InlineData("class Bad : Exception { public override string Message => null; } throw new Exception(\"outer\", new Bad());")]
    public async Task An_exception_whose_message_throws_is_reported(string code)
    {
        var failure = await notebook.Failure(code);
        Assert.Contains(failure.Traceback, line => line.Contains("Bad: ", StringComparison.Ordinal));
        Assert.Contains(failure.Traceback, line => line.Contains("at cell 1, line 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_throws_on_a_thread_of_the_cell_does_not_end_the_session()
    {
        await notebook.Run("""
            class Bad : Exception { public override string Message => throw new Exception(); }
            var t = new System.Threading.Thread(() => throw new Bad()); t.Start(); t.Join();
            """);
        Assert.Contains("Bad: ", notebook.Output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_never_ends_can_be_interrupted() =>
        Assert.IsType<CellOutcome.Interrupted>(
            await notebook.Interrupt(
                "class Bad : Exception { public override string Message { get { while (true) {} } } } throw new Bad();"));

    [Fact]
    public async Task Frames_of_native_code_are_left_out_of_a_message()
    {
        var failure = await notebook.Failure("""
            throw new Exception("sizes 3 and 5 differ\nException raised from f at /a.cpp:31 (most recent call first):\nframe #0: c10::Error() + 0xb0\nframe #1: main + 1 (0x7)\n");
            """);
        Assert.Equal(("sizes 3 and 5 differ", "System.Exception: sizes 3 and 5 differ"), (failure.Message, failure.Traceback[0]));
    }

    [Fact]
    public async Task Control_characters_in_a_message_are_escaped()
    {
        var failure = await notebook.Failure("throw new Exception(\"\\u001b[2Jforged\");");
        Assert.Equal(@"\u001B[2Jforged", failure.Message);
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
