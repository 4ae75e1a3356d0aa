using System.Diagnostics;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Kernel.Tests.Notebooks;

namespace Course.Site.Tests;

/// <summary>Opens pages in a browser, from their files and without a network.</summary>
public sealed class PagesInBrowserTests : IDisposable
{
    private const string Figure = """
        {"data": [{"type": "scatter", "name": "one", "y": [1, 2]}, {"type": "scatter", "name": "another one", "y": [2, 1]}],
         "layout": {"title": {"text": "A title that is longer than a phone is wide, by far"}, "xaxis": {"title": {"text": "x"}}, "height": 430}}
        """;

    private const string Formula =
        @"so $1-\beta = \sum_x \max(0, p(x) - q(x)) = \sum_x (p(x) - \min(p(x), q(x))) = 1 - \sum_x \min(p(x), q(x))$.";

    // Reports measurements of the page to the page that frames it. The policy is removed, because it would block this script.
    private const string Probe = """
        <script>
        addEventListener('load', () => {
          const page = document.documentElement, before = page.scrollHeight;
          setTimeout(() => {
            const edge = (part, side) => document.querySelector(part).getBoundingClientRect()[side];
            parent.postMessage(JSON.stringify({
              sideways: page.scrollWidth - innerWidth,
              moved: page.scrollHeight - before,
              titleLines: document.querySelectorAll('.gtitle tspan').length,
              legendBelowAxis: edge('.legend', 'top') - edge('.xtitle', 'bottom'),
            }), '*');
          }, 3000);
        });
        </script>
        """;

    // A frame can be as narrow as required; a window cannot.
    private const string Phone = """
        <script>addEventListener('message', e => document.body.dataset.told = e.data)</script>
        <iframe src="probe.html" width="390" height="1800"></iframe>
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ChromiumFact]
    public async Task Charts_are_drawn_by_the_pages_own_scripts_and_no_other_script_runs()
    {
        var page = await PageAsync();
        // Even if cleaning fails, the policy of the page applies.
        await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace(
            "</main>", "<script>document.title = 'pwned'</script><img src='data:,' onerror=\"document.title = 'pwned'\"></main>",
            StringComparison.Ordinal));

        var document = await OpenAsync(page);

        Assert.NotNull(document.QuerySelector("figure.chart .main-svg"));
        Assert.StartsWith("Page", document.Title, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task On_a_phone_nothing_scrolls_sideways_drawing_moves_no_text_titles_wrap_and_legends_cover_no_axis()
    {
        var page = await PageAsync();
        var html = await File.ReadAllTextAsync(page);
        var policy = html.IndexOf("<meta http-equiv", StringComparison.Ordinal);
        html = html.Remove(policy, html.IndexOf('\n', policy) - policy).Replace("</body>", Probe + "</body>", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("out/site/probe.html"), html);
        await File.WriteAllTextAsync(folder.File("out/site/phone.html"), Phone);

        var told = JsonNode.Parse((await OpenAsync(folder.File("out/site/phone.html"))).Body!.GetAttribute("data-told") ?? "null");

        Assert.NotNull(told);
        Assert.Equal((0, 0), ((int)told["sideways"]!, (int)told["moved"]!));
        Assert.InRange((int)told["titleLines"]!, 2, 4);
        Assert.InRange((double)told["legendBelowAxis"]!, 0, 200);
    }

    private async Task<string> PageAsync()
    {
        var notebook = NotebookFile.Read(
            folder.Write("notebooks/page.ipynb", NotebookText.Of("md:# Page\n\n" + Formula, "1", "md:" + Formula)));
        notebook.CodeCells.Single().Outputs =
        [
            new JsonObject
            {
                ["output_type"] = "display_data",
                ["data"] = new JsonObject { [OutputRenderer.Plotly] = JsonNode.Parse(Figure), ["text/plain"] = "a chart" },
            },
        ];
        var record = new RunRecord("", "test machine", "cpu", Quick: true, 1, DateTimeOffset.UnixEpoch, null);
        new NotebookRun(folder.File("notebooks/page.ipynb"), notebook, record, null).Save(folder.File("out/notebooks/page.ipynb"));
        await SiteBuilder.BuildAsync(folder.File("out/notebooks"), folder.File("out/site"));
        return folder.File("out/site/page.html");
    }

    private static async Task<IDocument> OpenAsync(string page)
    {
        var start = new ProcessStartInfo(ChromiumFactAttribute.Program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=6000", "--window-size=1280,2000", "--dump-dom",
                new Uri(page).AbsoluteUri
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        _ = browser.StandardError.ReadToEndAsync();
        try
        {
            return new HtmlParser().ParseDocument(await browser.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(90)));
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
        }
    }
}
