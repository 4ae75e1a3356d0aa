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
        Assert.Contains("(2,11): error CS0103: ", notebook.Output.Error, StringComparison.Ordinal);
        Assert.Equal(["    var bad = missing + 1;", "              ^^^^^^^"], failure.Traceback.Skip(1));
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
