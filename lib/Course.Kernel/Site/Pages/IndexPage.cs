using System.Globalization;
using static Course.Kernel.Site.Pages.PageFrame;

namespace Course.Kernel.Site.Pages;

/// <summary>The front page: every notebook with its question, how its run went and on what.</summary>
internal static class IndexPage
{
    public static string Html(IReadOnlyList<SitePage> pages) => PageFrame.Html(CourseTitle, "", $"""
        <main class="index">
        <header>
        <h1>{CourseTitle}</h1>
        <p class="lead">A notebook course in C# on fast decoding of language models: where the time goes when a model
        writes, and how to get it back without changing what it says. Every figure on these pages was measured by the run
        that wrote them.</p>
        </header>
        <ol class="notebooks">
        {string.Join('\n', pages.Select(Entry))}
        </ol>
        <footer>{string.Join('\n', pages.GroupBy(page => page.Run.Machine).Select(Machine))}</footer>
        </main>
        """);

    private static string Entry(SitePage page) => $"""
        <li><a href="{PageLinks.PathToUrl(page.Path)}">
        <h2>{Text(page.Title)}</h2>
        <p>{Text(page.Summary)}</p>
        <p class="facts">{Badge(page.Run.Passed)} <span>{Seconds(page.Run.Seconds)}</span>
        <span>{page.Notebook.CodeCells.Count()} cells</span>{(page.Run.Quick ? " <span>quick mode</span>" : "")}</p>
        </a></li>
        """;

    private static string Machine(IGrouping<string, SitePage> runs)
    {
        var last = runs.Max(page => page.Run.Finished).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var devices = string.Join(", ", runs.Select(page => page.Run.Device).Distinct());
        return $"<p>Measured on {Text(runs.Key)}, device {Text(devices)}, last run {last}.</p>";
    }
}
