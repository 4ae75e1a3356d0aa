using System.Text;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Course.Kernel.Site.Assets;
using Course.Kernel.Site.Pages;

namespace Course.Kernel.Site;

/// <summary>What was written: pages without the index, and the size of everything in bytes.</summary>
public readonly record struct SiteSummary(string Index, int Pages, long Bytes);

/// <summary>
/// Turns a folder of executed notebooks into static pages that need neither server nor network: they open from a file
/// system, and every chart is a picture where no script runs.
/// </summary>
public static class SiteBuilder
{
    /// <exception cref="NotebookException">A notebook in <paramref name="executed"/> cannot be read.</exception>
    public static async Task<SiteSummary> BuildAsync(string executed, string site, CancellationToken cancellation = default)
    {
        var pages = Pages(executed);
        var paths = pages.ToDictionary(
            page => Path.GetFullPath(Path.Combine(page.SourceFolder, Path.GetFileName(page.Run.Source))),
            page => Path.GetFullPath(Path.Combine(site, page.Path)));

        SiteAssets.WriteTo(site);
        Write(Path.Combine(site, "index.html"), IndexPage.Html(pages));
        for (var i = 0; i < pages.Count; i++)
        {
            var path = Path.GetFullPath(Path.Combine(site, pages[i].Path));
            var markdown = new MarkdownRenderer(new PageLinks(pages[i].SourceFolder, path, paths));
            var page = new NotebookPage(pages[i], pages.ElementAtOrDefault(i - 1), pages.ElementAtOrDefault(i + 1), markdown);
            Write(path, await page.HtmlAsync(cancellation));
        }

        var bytes = new DirectoryInfo(site).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return new SiteSummary(Path.Combine(site, "index.html"), pages.Count, bytes);
    }

    private static List<SitePage> Pages(string executed) =>
        [.. NotebookFinder.In(executed)
            .Select(path => (Path: path, Notebook: NotebookFile.Read(path)))
            .Select(copy => (copy.Path, copy.Notebook, Run: RunRecord.From(copy.Notebook)))
            .Where(copy => copy.Run is not null)
            .Select(copy => Page(executed, copy.Path, copy.Notebook, copy.Run!))];

    private static SitePage Page(string executed, string path, Notebook notebook, RunRecord run)
    {
        var page = Path.ChangeExtension(Path.GetRelativePath(executed, path), ".html").Replace('\\', '/');
        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, run.Source));
        return new SitePage(page, Path.GetDirectoryName(source)!, notebook, run);
    }

    private static void Write(string path, string html)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
