using Course.Kernel.Execution;
using Course.Kernel.Tests.Execution;

namespace Course.Kernel.Tests.Scripting;

/// <summary>A stack overflow would end the test process.</summary>
public sealed class NestingTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("(", "1")]
    [InlineData("$\"{", "1")]
    [InlineData("!", "true")]
    [InlineData("x => ", "1")]
    [InlineData("true ? 1 : ", "1")]
    [InlineData("a.", "b")]
    [InlineData("new[] { ", "1")]
    public async Task Code_that_nests_too_deeply_is_a_compile_error_and_the_session_goes_on(string opening, string code)
    {
        var failure = await notebook.Failure(string.Concat(Enumerable.Repeat(opening, 10_000)) + code);
        Assert.Equal(CellOutcome.CompilationError, failure.Name);
        Assert.Contains("nests more than 1000 levels", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1", await notebook.Text("1"));
    }

    [Fact]
    public async Task Code_at_the_allowed_depth_runs() =>
        Assert.Equal("1", await notebook.Text(new string('(', 400) + "1" + new string(')', 400)));

    [Fact]
    public async Task A_long_sum_is_not_deep() =>
        Assert.Equal("3001", await notebook.Text(string.Concat(Enumerable.Repeat("1 + ", 3000)) + "1"));

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
