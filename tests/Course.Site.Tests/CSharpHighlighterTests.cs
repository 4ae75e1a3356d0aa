namespace Course.Site.Tests;

public sealed class CSharpHighlighterTests
{
    [Fact]
    public async Task A_type_of_one_cell_is_a_type_in_the_next()
    {
        var html = await CSharpHighlighter.ToHtmlAsync(
            ["record Point(int X, int Y); // where", "var p = new Point(1, 2);\nDouble(p)", "string s = \"<a>\";"]);

        Assert.Equal(3, html.Count);
        Assert.Contains("<b class=\"k\">record</b> <b class=\"t\">Point</b>", html[0], StringComparison.Ordinal);
        Assert.Contains("<b class=\"c\">// where</b>", html[0], StringComparison.Ordinal);
        Assert.Contains("<b class=\"k\">new</b> <b class=\"t\">Point</b>(<b class=\"n\">1</b>", html[1], StringComparison.Ordinal);
        Assert.Contains("<b class=\"s\">&quot;&lt;a&gt;&quot;</b>", html[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: X, 1.0\"\nvar x = 1")]
    [InlineData("this is no C# at all {{{ <script>")]
    [InlineData("")]
    public async Task Text_is_never_lost(string code)
    {
        var html = Assert.Single(await CSharpHighlighter.ToHtmlAsync([code]));

        var text = System.Text.RegularExpressions.Regex.Replace(html, "</?b[^>]*>", "");
        Assert.Equal(System.Net.WebUtility.HtmlEncode(code), text);
    }

    [Fact]
    public async Task No_cells_give_no_fragments() => Assert.Empty(await CSharpHighlighter.ToHtmlAsync([]));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("!", "")]
    [InlineData("if (a) { ", "}")]
    public async Task Code_that_nests_too_deeply_stays_plain_and_ends_no_process(string open, string close)
    {
        var code = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));

        var html = Assert.Single(await CSharpHighlighter.ToHtmlAsync([code]));

        Assert.Equal(System.Net.WebUtility.HtmlEncode(code), html);
    }
}
