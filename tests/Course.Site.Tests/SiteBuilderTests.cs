using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Kernel.Tests.Notebooks;
using Course.TakeHome.Contracts;

namespace Course.Site.Tests;

/// <summary>Reads the written pages as a browser would, but without a browser.</summary>
public sealed class SiteBuilderTests : IAsyncLifetime, IDisposable
{
    private const string Chart = """
        {"output_type": "display_data", "metadata": {}, "data": {
          "application/vnd.plotly.v1+json": {"data": [{"type": "scatter", "y": [1, 2]}], "layout": {"title": {"text": "Roofline"}}},
          "text/html": "<figure><svg xmlns='http://www.w3.org/2000/svg'></svg></figure>",
          "text/plain": "Roofline"}}
        """;

    /// <summary>As a check of the take-home is displayed.</summary>
    private static readonly string Checks = new JsonObject
    {
        ["output_type"] = "execute_result",
        ["data"] = new JsonObject { ["text/plain"] = new CheckReport([], Unfinished(8), null).ToString() },
    }.ToJsonString();

    private readonly TemporaryFolder folder = new();
    private SiteSummary summary = null!;

    public async Task InitializeAsync()
    {
        Executed("00-first.ipynb", null, "md:# First\n\nWhat is *it*?\n\n## Idea\n\nSee [the next](01-second.ipynb).", "1 + 1");
        Executed("01-second.ipynb", "cell [1] throw\nX: y", "md:# Second & last\n\nWhy?", "throw");
        Executed("take-home/02-third.ipynb", null, "md:# Third\n\nHow? See [the first](../00-first.ipynb#idea).", "checks");
        Executed("interviewer/what.ipynb", null, "md:# Fourth\n\nWhat if?", "1");
        folder.Write("out/notebooks/foreign.ipynb", NotebookText.Of("1"));
        summary = await SiteBuilder.BuildAsync(folder.File("out/notebooks"), folder.File("out/site"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_is_a_page_for_every_executed_notebook_and_no_other()
    {
        Assert.Equal(4, summary.Pages);
        Assert.Empty(summary.Problems);
        Assert.Equal(
            ["00-first.html", "01-second.html", "index.html", "interviewer/what.html", "take-home/02-third.html"],
            Pages().Select(page => Path.GetRelativePath(folder.File("out/site"), page.Path).Replace('\\', '/')));
    }

    [Fact]
    public void The_index_shows_question_result_and_machine()
    {
        var index = Parse("index.html");

        Assert.Equal("Fast LLM decoding, measured", index.Title);
        Assert.Equal(
            ["Lessons", "Take-home exercises", "For the interviewer"], index.QuerySelectorAll("h2").Select(title => title.TextContent));
        Assert.Equal(["First", "Second & last", "Third", "Fourth"], index.QuerySelectorAll("h3").Select(title => title.TextContent));
        Assert.Equal("What is it?", index.QuerySelector("li p")!.TextContent);
        Assert.Equal(
            ["passed", "failed", "not solved yet: 0 of 8 checks pass", "passed"],
            index.QuerySelectorAll(".badge").Select(badge => badge.TextContent));
        Assert.Contains("test machine", index.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        foreach (var (path, page) in Pages())
        {
            foreach (var address in page.QuerySelectorAll("script[src], img[src], iframe[src], source[src]")
                .Select(e => e.GetAttribute("src")!)
                .Concat(page.QuerySelectorAll("link[href]").Select(e => e.GetAttribute("href")!)))
                Assert.True(
                    address.StartsWith("data:", StringComparison.Ordinal) || File.Exists(Resolve(path, address)),
                    $"{path} loads {address}");
        }

        var style = File.ReadAllText(folder.File("out/site/assets/site.css"));
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.True(new FileInfo(folder.File("out/site/assets/plotly.min.js")).Length > 1_000_000);
    }

    [Fact]
    public void Every_link_has_a_target()
    {
        foreach (var (path, page) in Pages())
        {
            foreach (var link in page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!))
            {
                var (file, anchor) = link.Split('#') is [var f, var a] ? (f, a) : (link, null);
                var target = file.Length == 0 ? path : Resolve(path, file);
                Assert.True(File.Exists(target), $"{path} links to {link}");
                Assert.True(anchor is null || Parsed(target).GetElementById(anchor) is not null, $"{path} links to {link}");
            }
        }
    }

    [Fact]
    public void A_chart_has_its_figure_and_a_picture_where_no_script_runs()
    {
        var chart = Parse("00-first.html").QuerySelector("figure.chart")!;
        using var figure = JsonDocument.Parse(chart.QuerySelector("script[type='application/json']")!.TextContent);

        Assert.Equal("scatter", (string?)figure.RootElement.GetProperty("data")[0].GetProperty("type").GetString());
        Assert.StartsWith("data:image/svg+xml", chart.QuerySelector(".still img")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("Roofline", chart.GetAttribute("aria-label"));
    }

    [Fact]
    public void Neighbours_and_contents_are_linked()
    {
        var page = Parse("01-second.html");

        Assert.Equal("00-first.html", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("take-home/02-third.html", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal(["Idea"], Parse("00-first.html").QuerySelectorAll("nav.contents a").Select(a => a.TextContent));
        Assert.Contains("X: y", page.QuerySelector("main > pre.error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_rendered_only_lacks_its_own_page()
    {
        folder.Write("out/notebooks/torn.ipynb", "{");
        File.WriteAllText(folder.File("out/notebooks/twin.ipynb"), File.ReadAllText(folder.File("out/notebooks/00-first.ipynb")));
        // Too deep for any Markdown parser.
        Executed("deep.ipynb", null, "md:" + string.Concat(Enumerable.Repeat("> ", 5000)) + "x", "1");

        var again = await SiteBuilder.BuildAsync(folder.File("out/notebooks"), folder.File("out/site"));

        Assert.Equal(5, again.Pages);
        Assert.Equal(2, again.Problems.Count);
        Assert.All(
            new[] { "deep.ipynb", "torn.ipynb" },
            name => Assert.Contains(again.Problems, problem => problem.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(5, Parse("index.html").QuerySelectorAll("li").Length);
    }

    [Fact]
    public void Nothing_runs_on_a_page_but_its_own_scripts()
    {
        foreach (var (path, page) in Pages())
        {
            var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
            Assert.StartsWith("default-src 'none'; script-src 'no", policy, StringComparison.Ordinal);
            Assert.All(
                page.QuerySelectorAll("script[src]"),
                script => Assert.Contains($"script-src 'nonce-{script.GetAttribute("nonce")}';", policy, StringComparison.Ordinal));
            Assert.DoesNotContain(page.All, Handles);
        }

        Assert.NotEqual(Nonce("00-first.html"), Nonce("01-second.html"));

        static bool Handles(IElement element) =>
            element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_of_a_notebook_cannot_control_its_page()
    {
        Executed("odd.ipynb", "cell [1] \u202e\u001b[2J", "md:# A\u202eB\n\nC\u0007 &#x202e;", "// \u2066x");
        var copy = folder.File("out/notebooks/odd.ipynb");
        File.WriteAllText(copy, File.ReadAllText(copy).Replace("Roofline", "Roof\u202eline", StringComparison.Ordinal));

        await SiteBuilder.BuildAsync(folder.File("out/notebooks"), folder.File("out/site"));

        foreach (var (_, page) in Pages())
        {
            var figures = page.QuerySelectorAll("script[type='application/json']")
                .Select(script => JsonNode.Parse(script.TextContent)!["layout"]!["title"]!["text"]!.ToString());
            Assert.All(figures.Append(page.DocumentElement.OuterHtml), text => Assert.DoesNotContain(text, Steers));
        }

        static bool Steers(char character) => character is '\u202e' or '\u2066' || (char.IsControl(character) && character != '\n');
    }

    private string Nonce(string page) => Parse(page).QuerySelector("script[src]")!.GetAttribute("nonce")!;

    private static List<CheckLine> Unfinished(int count) =>
        [.. Enumerable.Range(0, count)
            .Select(i => new CheckLine(new CheckOutcome("filter", $"check {i}", Verdict.Unfinished, "not done yet", "", "", 0)))];

    private void Executed(string name, string? failure, params string[] cells)
    {
        var notebook = NotebookFile.Read(folder.Write("notebooks/" + name, NotebookText.Of(cells)));
        foreach (var cell in notebook.CodeCells)
            cell.Outputs = [JsonNode.Parse(cell.Source == "checks" ? Checks : Chart)];

        var record = new RunRecord("", "test machine", "cpu", Quick: true, 1.25, DateTimeOffset.UnixEpoch, failure);
        new NotebookRun(folder.File("notebooks/" + name), notebook, record, null).Save(folder.File("out/notebooks/" + name));
    }

    private IEnumerable<(string Path, IDocument Page)> Pages() =>
        Directory.EnumerateFiles(folder.File("out/site"), "*.html", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => (path, Parsed(path)));

    private IDocument Parse(string page) => Parsed(folder.File("out/site/" + page));

    private static IDocument Parsed(string path) => new HtmlParser().ParseDocument(File.ReadAllText(path));

    private static string Resolve(string page, string address) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(address)));
}
