namespace Course.Site.Tests;

public sealed class MarkdownRendererTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MarkdownRenderer renderer;

    public MarkdownRendererTests()
    {
        var other = folder.Write("notebooks/01-next.ipynb", "{}");
        folder.Write("lib/Code.cs", "class A;");
        folder.Write("notebooks/picture.svg", "<svg/>");
        renderer = new MarkdownRenderer(new PageLinks(
            folder.File("notebooks"),
            folder.File("out/site/00.html"),
            new Dictionary<string, string> { [other] = folder.File("out/site/01-next.html") }));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Headings_get_anchors_that_are_unique_on_the_page()
    {
        renderer.ToHtml("# The *question*: `x`?\n\n## Again");
        renderer.ToHtml("## Again");

        Assert.Equal(
            [new Heading(1, "The question: x?", "the-question-x"), new Heading(2, "Again", "again"), new Heading(2, "Again", "again-2")],
            renderer.Headings);
    }

    [Fact]
    public void Tables_and_formulas_are_drawn()
    {
        Assert.Contains("<td>1</td>", renderer.ToHtml("| a | b |\n|---|---|\n| 1 | 2 |"), StringComparison.Ordinal);
        Assert.Contains("<msup>", renderer.ToHtml("so $x^2$ grows"), StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\">", renderer.ToHtml("$$\nx^2\n$$"), StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\">", renderer.ToHtml("so\n$$x^2$$\nthere"), StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_are_not_formulas() =>
        Assert.DoesNotContain("<math", renderer.ToHtml("It costs $5 here and $10 there, or $ 7."), StringComparison.Ordinal);

    [Theory]
    [InlineData("[next](01-next.ipynb)", "href=\"01-next.html\"")]
    [InlineData("[part](01-next.ipynb#The-Part)", "href=\"01-next.html#the-part\"")]
    [InlineData("[here](#The-Part)", "href=\"#the-part\"")]
    [InlineData("[code](../lib/Code.cs)", "href=\"../../lib/Code.cs\"")]
    [InlineData("[paper](https://example.org/a.pdf)", "href=\"https://example.org/a.pdf\"")]
    public void Links_are_relative_to_the_page(string markdown, string expected) =>
        Assert.Contains(expected, renderer.ToHtml(markdown), StringComparison.Ordinal);

    [Fact]
    public void Pictures_beside_the_notebook_are_embedded_in_the_page() =>
        Assert.Contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\"", renderer.ToHtml("![a](picture.svg)"), StringComparison.Ordinal);

    [Fact]
    public void Attachments_of_a_cell_are_shown() => Assert.Contains(
        "src=\"data:image/png;base64,QQ==\"",
        renderer.ToHtml("![a](attachment:a.png)", new Dictionary<string, string> { ["a.png"] = "data:image/png;base64,QQ==" }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("![chart](https://example.org/a.png)")]
    [InlineData("![chart](missing.png)")]
    public void A_picture_that_is_not_there_becomes_a_link(string markdown)
    {
        var html = renderer.ToHtml(markdown);

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("chart</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a <script>alert(1)</script> b", "script")]
    [InlineData("<img src=x onerror='alert(1)'>", "onerror")]
    [InlineData("<b onclick=\"alert(1)\">b</b>", "onclick")]
    [InlineData("[x](javascript:alert(1))", "href=\"javascript")]
    [InlineData("[x](JaVaScRiPt:alert(1))", "href=\"JaVaScRiPt")]
    [InlineData("<javascript:alert(1)>", "href=\"javascript")]
    [InlineData("<a href='data:text/html,<script>alert(1)</script>'>x</a>", "href=\"data")]
    [InlineData("<iframe src='https://example.org'></iframe>", "iframe")]
    [InlineData("<svg onload='alert(1)'><script>alert(1)</script></svg>", "<svg")]
    [InlineData("<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>", "onerror=alert(1)>")]
    [InlineData("<form action='https://example.org'><input name=a></form>", "<form")]
    [InlineData("<input type=password>", "<input")]
    [InlineData("<b class='badge passed'>passed</b>", "badge")]
    [InlineData("<div style='position:fixed;top:0;background:url(https://example.org/x)'>x</div>", "fixed")]
    [InlineData("<div style='background:url(https://example.org/x)'>x</div>", "url(")]
    [InlineData("<meta http-equiv=refresh content='0;url=https://example.org'>", "<meta")]
    [InlineData("<base href='https://example.org/'>", "<base")]
    [InlineData("<style>main { display: none }</style>", "<style")]
    [InlineData("![$\"onerror=alert(1)$](picture.svg)", "<math")]
    public void Markup_of_a_cell_cannot_run_fetch_ask_or_imitate_the_page(string markdown, string forbidden) =>
        Assert.DoesNotContain(forbidden, renderer.ToHtml(markdown), StringComparison.Ordinal);

    [Fact]
    public void Harmless_markup_stays()
    {
        var html = renderer.ToHtml("""
            <details><summary>More</summary>

            *text* with <sub>2</sub>, <kbd>Ctrl</kbd> and $x$

            </details>

            - [x] done

            ```csharp
            a < b
            ```

            Note[^1]

            [^1]: There.
            """);

        foreach (var part in new[]
        {
            "<details><summary>More</summary>", "<em>text</em>", "<sub>2</sub>", "<kbd>Ctrl</kbd>", "<mi>x</mi>", "type=\"checkbox\"",
            "class=\"language-csharp\">a &lt; b", "href=\"#fn:1\"", "id=\"fn:1\"",
        })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Formulas_that_may_be_wide_have_their_own_box()
    {
        Assert.Contains("<div class=\"formula\"><math", renderer.ToHtml("$$\nx^2\n$$"), StringComparison.Ordinal);
        Assert.Contains(
            "<span class=\"formula long\"><math", renderer.ToHtml(@"so $\min(p(x), q(x)) / q(x) = 1$"), StringComparison.Ordinal);
        Assert.Contains("<span class=\"formula\"><math", renderer.ToHtml("so $x$"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_markup_is_too_much_for_the_page()
    {
        Assert.StartsWith("<pre>", renderer.ToHtml(string.Concat(Enumerable.Repeat("<div>", 5000))), StringComparison.Ordinal);
        Assert.StartsWith("<pre>", renderer.ToHtml(string.Concat(Enumerable.Repeat("<b>x</b>", 60_000))), StringComparison.Ordinal);
    }
}
