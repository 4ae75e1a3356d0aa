using System.Text.Json.Nodes;

namespace Course.Site.Tests;

public sealed class OutputRendererTests
{
    private readonly OutputRenderer renderer =
        new(
            new MarkdownRenderer(
                new PageLinks(Path.GetTempPath(), Path.Combine(Path.GetTempPath(), "a.html"), new Dictionary<string, string>())));

    [Theory]
    [InlineData("""{"text/plain": "plain <x>"}""", "<pre class=\"plain\">plain &lt;x&gt;</pre>")]
    [InlineData("""{"text/plain": "plain", "text/html": ["<b>", "rich</b>"]}""", "<b>rich</b>")]
    [InlineData("""{"text/plain": "plain", "text/markdown": "*rich*"}""", "<em>rich</em>")]
    [InlineData("""{"text/plain": "plain", "text/latex": "$$x^2$$"}""", "<msup>")]
    [InlineData("""{"text/plain": "a dot", "image/png": "QUJD\n"}""", "<img src=\"data:image/png;base64,QUJD\" alt=\"a dot\">")]
    [InlineData("""{"text/plain": "a dot", "image/svg+xml": "<svg/>"}""", "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"a dot\">")]
    [InlineData("""{"application/json": {"a": "<"}}""", "&quot;a&quot;")]
    [InlineData("""{}""", "<pre class=\"plain\"></pre>")]
    [InlineData("""{"text/plain": 7}""", "<pre class=\"plain\">7</pre>")]
    public void The_richest_representation_is_shown(string data, string expected) =>
        Assert.Contains(expected, Render(data), StringComparison.Ordinal);

    [Theory]
    [InlineData("<script src='https://cdn.example.org/x.js'></script>")]
    [InlineData("<script src=//cdn.example.org/x.js></script>")]
    [InlineData("<img alt='' src=\"http://example.org/x.png\">")]
    [InlineData("<link rel=stylesheet href=https://example.org/x.css>")]
    [InlineData("<style>@import url(https://example.org/x.css)</style>")]
    [InlineData("<style>b { background: url('https://example.org/x.png') }</style>")]
    [InlineData("<script>require(['plotly'])</script>")]
    [InlineData("<script>import('https://example.org/x')</script>")]
    public void HTML_that_needs_a_network_is_replaced_by_plain_text(string html)
    {
        var data = new JsonObject { ["text/html"] = html, ["text/plain"] = "plain" };

        Assert.Equal("<pre class=\"plain\">plain</pre>", Render(data.ToJsonString()));
    }

    [Fact]
    public void A_link_in_HTML_does_not_need_a_network() =>
        Assert.Contains(
            "<a href", Render("""{"text/html": "<a href='https://example.org'>x</a>", "text/plain": "p"}"""), StringComparison.Ordinal);

    [Fact]
    public void SVG_becomes_a_picture_in_which_nothing_runs()
    {
        const string Drawing =
            "<figure style='margin:0'><svg xmlns='http://www.w3.org/2000/svg' width='7'><title>A & B</title>" +
            "<rect onclick='x()'/></svg></figure>";
        var html = Render(new JsonObject { ["text/html"] = Drawing, ["text/plain"] = "p" }.ToJsonString());

        Assert.Contains("alt=\"A &amp; B\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
        var picture = Convert.FromBase64String(html.Split("base64,")[1].Split('"')[0]);
        var xml = System.Xml.Linq.XElement.Parse(System.Text.Encoding.UTF8.GetString(picture));
        Assert.Equal(("svg", "7"), (xml.Name.LocalName, (string?)xml.Attribute("width")));
    }

    [Fact]
    public void Tables_keep_their_cells_and_styles()
    {
        const string Looks = "text-align:right;color:#d55e00;border-bottom:2px solid #0072b2;white-space:pre-wrap;opacity:0.35";
        var table = $"<table style='font-size:0.82em'><tr><td style='{Looks}' title='t' colspan='2'>1</td></tr></table>";
        var html = Render(new JsonObject { ["text/html"] = table, ["text/plain"] = "p" }.ToJsonString());

        foreach (var part in new[]
        {
            "font-size: 0.82em", "text-align: right", "color: rgba(213, 94, 0", "border-bottom", "white-space: pre-wrap", "opacity: 0.35",
            "title=\"t\"", "colspan=\"2\"",
        })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_keeps_its_figure_and_a_still_picture_and_cannot_end_its_script()
    {
        var html = Render(
            """{"application/vnd.plotly.v1+json": {"data": [], "layout": {"title": {"text": "a</script><b>"}}}, "image/svg+xml": "<svg/>", "text/plain": "p"}""");

        Assert.Contains("<img src=\"data:image/svg+xml", html, StringComparison.Ordinal);
        Assert.Equal(html.IndexOf("</script>", StringComparison.Ordinal), html.LastIndexOf("</script>", StringComparison.Ordinal));
        Assert.Contains("\\u003C/script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"output_type":"stream","name":"stdout","text":["a\n","b"]}""", "<pre class=\"stream stdout\">a\nb</pre>")]
    [InlineData("""{"output_type":"stream","name":"stderr","text":"<"}""", "<pre class=\"stream stderr\">&lt;</pre>")]
    [InlineData("""{"output_type":"error","ename":"E","evalue":"v","traceback":[]}""", "<pre class=\"error\">E: v</pre>")]
    [InlineData(
        """{"output_type":"error","ename":"E","evalue":"v","traceback":["\u001b[31mE\u001b[0m","at"]}""",
        "<span class=\"ansi-1\">E</span>\nat")]
    [InlineData("""{"output_type":"unheard of"}""", "")]
    [InlineData("""{"output_type":"display_data"}""", "")]
    public void Streams_and_errors_are_text(string output, string expected) =>
        Assert.Contains(expected, renderer.ToHtml(JsonNode.Parse(output)!), StringComparison.Ordinal);

    private string Render(string data) =>
        renderer.ToHtml(new JsonObject { ["output_type"] = "display_data", ["data"] = JsonNode.Parse(data) });
}
