using System.Text;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Site.Assets;
using Course.Site.Pages;

namespace Course.Site;

/// <summary>What was written: pages without the index, and the size of everything in bytes.</summary>
/// <param name="Index">The front page.</param>
/// <param name="Pages">How many.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Problems">Executed notebooks that have no page, each with the reason.</param>
public sealed record SiteSummary(string Index, int Pages, long Bytes, IReadOnlyList<string> Problems);

/// <summary>
/// Turns a folder of executed notebooks into static pages that need neither server nor network: they open from a file
/// system, and every chart is a picture where no script runs. A notebook that cannot be shown costs its own page only.
/// </summary>
public static class SiteBuilder
{
    public static async Task<SiteSummary> BuildAsync(string executed, string site, CancellationToken cancellation = default)
    {
        var problems = new List<string>();
        var pages = SiteSection.Sort(Pages(executed, problems)).ToList();
        var paths = pages
            .GroupBy(page => Path.GetFullPath(Path.Combine(page.SourceFolder, Path.GetFileName(page.Run.Source))))
            .ToDictionary(copies => copies.Key, copies => Path.GetFullPath(Path.Combine(site, copies.First().Path)));

        SiteAssets.WriteTo(site);
        var written = new List<SitePage>();
        for (var i = 0; i < pages.Count; i++)
        {
            var path = Path.GetFullPath(Path.Combine(site, pages[i].Path));
            var markdown = new MarkdownRenderer(new PageLinks(pages[i].SourceFolder, path, paths));
            var page = new NotebookPage(pages[i], pages.ElementAtOrDefault(i - 1), pages.ElementAtOrDefault(i + 1), markdown);
            if (await TryAsync(pages[i].Path, problems, async () => Write(path, await page.HtmlAsync(cancellation))))
            {
                written.Add(pages[i]);
            }
        }

        Write(Path.Combine(site, "index.html"), IndexPage.Html(written));
        var bytes = new DirectoryInfo(site).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return new SiteSummary(Path.Combine(site, "index.html"), written.Count, bytes, problems);
    }

    private static List<SitePage> Pages(string executed, List<string> problems)
    {
        var pages = new List<SitePage>();
        foreach (var path in NotebookFinder.In(executed))
        {
            Try(path, problems, () =>
            {
                var notebook = NotebookFile.Read(path);
                if (RunRecord.From(notebook) is { } run)
                {
                    pages.Add(Page(executed, path, notebook, run));
                }
            });
        }

        return pages;
    }

    private static SitePage Page(string executed, string path, Notebook notebook, RunRecord run)
    {
        var page = Path.ChangeExtension(Path.GetRelativePath(executed, path), ".html").Replace('\\', '/');
        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, run.Source));
        return new SitePage(page, Path.GetDirectoryName(source)!, notebook, run);
    }

    private static bool Try(string what, List<string> problems, Action action) =>
        TryAsync(what, problems, () =>
        {
            action();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <summary>Whatever is wrong with a notebook, which may be anybody's, the other pages are still to be written.</summary>
    private static async Task<bool> TryAsync(string what, List<string> problems, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problems.Add(e is NotebookException ? e.Message : SafeText.Line($"{what} has no page: {e.Message}"));
            return false;
        }
    }

    // Here everything that a notebook brings passes, so here it is cleaned of what a page must not show.
    private static void Write(string path, string html)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, SafeText.Lines(html, int.MaxValue), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
