namespace Course.Kernel.Tests.Execution;

public sealed class HintTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("%%time\n1 + 1", "#!time")]
    [InlineData("%timeit F()", "#!time")]
    [InlineData("!pip install numpy", "#r \"nuget:")]
    [InlineData("!ls -la", "cannot run shell commands")]
    [InlineData("print(1)", "Console.WriteLine")]
    [InlineData("import numpy as np", "Python")]
    [InlineData("import numpy", "Python")]
    [InlineData("from math import sqrt", "Python")]
    [InlineData("def f(x):\n    return x", "Python")]
    [InlineData("let x = 1", "F#")]
    [InlineData("let f x = x + 1\nf 2", "F#")]
    [InlineData("open System", "F#")]
    [InlineData("printfn \"%d\" 1", "F#")]
    [InlineData("var x1 = 1; var x2 = 2;\nx1 + x2;", "without a semicolon")]
    [InlineData("using var s = new System.IO.MemoryStream();", "block")]
    [InlineData("static class Numbers { public static int Twice(this int n) => 2 * n; }", "without a class around it")]
    [InlineData("static class Numbers { extension(int n) { public int Twice => 2 * n; } }", "without a class around it")]
    [InlineData("namespace Mine { class A {} }", "no namespace")]
    [InlineData("Span<int> s = new int[3];", "Memory<T>")]
    [InlineData("record Row(int A); var row = new Row(1);\nrow with { A = 2 }", "(row with { … })")]
    public async Task A_habit_from_another_language_gets_a_hint(string code, string expected)
    {
        var hint = (await notebook.Failure(code)).Traceback.FirstOrDefault(l => l.StartsWith("Hint: ", StringComparison.Ordinal));
        Assert.Contains(expected, hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing + 1")]
    [InlineData("var x = ;")]
    [InlineData("int F() { return }")]
    [InlineData("!missing")]
    public async Task A_plain_mistake_gets_none(string code) =>
        Assert.DoesNotContain((await notebook.Failure(code)).Traceback, l => l.StartsWith("Hint: ", StringComparison.Ordinal));

    /// <summary>The code that hints suggest must work.</summary>
    [Theory]
    [InlineData("{ using var s = new System.IO.MemoryStream(); Console.Write(s.Length); }\n1", "1")]
    [InlineData("static int Twice(this int n) => 2 * n;\n4.Twice()", "8")]
    [InlineData("record Row(int A); var row = new Row(1);\n(row with { A = 2 }).A", "2")]
    public async Task The_suggested_code_works(string code, string expected) => Assert.Equal(expected, await notebook.Text(code));

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
