using System.Text;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Site.Assets;
using Course.Site.Pages;

namespace Course.Site;

/// <summary>The result of building a site.</summary>
/// <param name="Index">The path of the front page.</param>
/// <param name="Pages">The number of notebook pages.</param>
/// <param name="Bytes">The total size of all files in bytes.</param>
/// <param name="Problems">The executed notebooks without a page, each with the reason.</param>
public sealed record SiteSummary(string Index, int Pages, long Bytes, IReadOnlyList<string> Problems);

/// <summary>
/// Builds static pages from a folder of executed notebooks. They need neither a server nor a network: they open from the file system, and
/// without scripts every chart is a picture. A notebook that cannot be rendered only lacks its own page.
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
                written.Add(pages[i]);
        }

        Write(Path.Combine(site, "index.html"), IndexPage.Html(written));
        var bytes = new DirectoryInfo(site).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return new SiteSummary(Path.Combine(site, "index.html"), written.Count, bytes, problems);
    }

    private static List<SitePage> Pages(string executed, List<string> problems)
    {
        var pages = new List<SitePage>();
        foreach (var path in NotebookFinder.In(executed))
            Try(path, problems, () =>
            {
                var notebook = NotebookFile.Read(path);
                if (RunRecord.From(notebook) is { } run)
                    pages.Add(Page(executed, path, notebook, run));
            });

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

    /// <summary>
    /// Runs an action and records its failure: a notebook may come from anyone, and the other pages still have to be written.
    /// </summary>
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

    // All content of notebooks passes through here, so unsafe characters are removed here.
    private static void Write(string path, string html)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, SafeText.Lines(html, int.MaxValue), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
