using Course.Kernel.Tests.Execution;

namespace Course.Kernel.Tests.Scripting;

/// <summary>The rewritten code must behave like the original, for all kinds of jumps.</summary>
public sealed class StopChecksTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("var s = 0; for (var i = 0; i < 10; i++) for (var j = i; j < 10; j++) s += i * j; s", "1155")]
    [InlineData("var s = 0; do { s += 3; if (s % 2 == 0) continue; s++; } while (s < 20); s", "20")]
    [InlineData("var s = \"\"; foreach (var c in \"abc\") { try { if (c == 'b') continue; s += c; } finally { s += \"!\"; } } s", "a!!c!")]
    [InlineData("var s = 0; again: s++; if (s < 5) goto again; s", "5")]
    [InlineData("var s = 0; while (true) { try { if (s++ > 3) break; throw new Exception(); } catch { } } s", "5")]
    [InlineData("int Sum(int n) => n == 0 ? 0 : n + Sum(n - 1); Sum(100)", "5050")]
    [InlineData("IEnumerable<int> Odd() { for (var i = 1; ; i += 2) yield return i; } Odd().Take(4).Sum()", "16")]
    [InlineData("async Task<int> Count() { var n = 0; while (n < 5) { await Task.Yield(); n++; } return n; } await Count()", "5")]
    [InlineData(
        "var s = 0; for (var n = 0; n < 6; n++) switch (n) { case 0: s += 1; break; case 1: case 2: s += 10; " +
        "goto case 0; default: s += 100; break; } s", "323")]
    [InlineData("string s = null; for (var i = 0; i < 3; i++) s = i > 0 ? s ?? \"x\" : null; s", "x")]
    [InlineData(
        "unsafe int Walk() { var a = stackalloc int[3] { 1, 2, 3 }; var s = 0; for (var p = a; p < a + 3; p++) s += *p; return s; } Walk()",
        "6")]
    public async Task Code_means_what_it_meant(string code, string expected) => Assert.Equal(expected, await notebook.Text(code));

    [Fact]
    public async Task A_jump_too_far_for_its_short_form_is_corrected()
    {
        var body = string.Concat(Enumerable.Repeat("if (s % 7 == 3) s += 2; ", 40));
        Assert.Equal("True", await notebook.Text($"var s = 0; for (var i = 0; i < 100; i++) {{ {body} s++; }} s > 100"));
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
