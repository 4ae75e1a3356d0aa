using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Kernel.Site;
using Course.Kernel.Tests.Notebooks;

namespace Course.Kernel.Tests.Site;

/// <summary>Reads the written pages as a browser would, without one.</summary>
public sealed class SiteBuilderTests : IAsyncLifetime, IDisposable
{
    private const string Chart = """
        {"output_type": "display_data", "metadata": {}, "data": {
          "application/vnd.plotly.v1+json": {"data": [{"type": "scatter", "y": [1, 2]}], "layout": {"title": {"text": "Roofline"}}},
          "text/html": "<figure><svg xmlns='http://www.w3.org/2000/svg'></svg></figure>",
          "text/plain": "Roofline"}}
        """;

    private readonly TemporaryFolder folder = new();
    private SiteSummary summary;

    public async Task InitializeAsync()
    {
        Executed("00-first.ipynb", null, "md:# First\n\nWhat is *it*?\n\n## Idea\n\nSee [the next](01-second.ipynb).", "1 + 1");
        Executed("01-second.ipynb", "cell [1] throw\nX: y", "md:# Second & last\n\nWhy?", "throw");
        Executed("take-home/02-third.ipynb", null, "md:# Third\n\nHow? See [the first](../00-first.ipynb#idea).");
        folder.Write("out/notebooks/foreign.ipynb", NotebookText.Of("1"));
        summary = await SiteBuilder.BuildAsync(folder.File("out/notebooks"), folder.File("out/site"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_is_a_page_for_every_executed_notebook_and_no_other()
    {
        Assert.Equal(3, summary.Pages);
        Assert.Equal(
            ["00-first.html", "01-second.html", "index.html", "take-home/02-third.html"],
            Pages().Select(page => Path.GetRelativePath(folder.File("out/site"), page.Path).Replace('\\', '/')));
    }

    [Fact]
    public void The_index_tells_question_result_and_machine()
    {
        var index = Parse("index.html");

        Assert.Equal(["First", "Second & last", "Third"], index.QuerySelectorAll("h2").Select(title => title.TextContent));
        Assert.Equal("What is it?", index.QuerySelector("li p")!.TextContent);
        Assert.Equal(["passed", "failed", "passed"], index.QuerySelectorAll(".badge").Select(badge => badge.TextContent));
        Assert.Contains("test machine", index.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        foreach (var (path, page) in Pages())
        {
            foreach (var address in page.QuerySelectorAll("script[src], img[src], iframe[src], source[src]").Select(e => e.GetAttribute("src")!)
                .Concat(page.QuerySelectorAll("link[href]").Select(e => e.GetAttribute("href")!)))
            {
                Assert.True(
                    address.StartsWith("data:", StringComparison.Ordinal) || File.Exists(Resolve(path, address)),
                    $"{path} loads {address}");
            }
        }

        var style = File.ReadAllText(folder.File("out/site/assets/site.css"));
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.True(new FileInfo(folder.File("out/site/assets/plotly.min.js")).Length > 1_000_000);
    }

    [Fact]
    public void Every_link_leads_somewhere()
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
        Assert.NotNull(chart.QuerySelector(".still svg"));
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

    private void Executed(string name, string? failure, params string[] cells)
    {
        var notebook = NotebookFile.Read(folder.Write("notebooks/" + name, NotebookText.Of(cells)));
        foreach (var cell in notebook.CodeCells)
        {
            cell.Outputs = [System.Text.Json.Nodes.JsonNode.Parse(Chart)];
        }

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
