using System.Globalization;
using static Course.Site.Pages.PageFrame;

namespace Course.Site.Pages;

/// <summary>The front page: every notebook with its question, and the outcome and machine of its run.</summary>
internal static class IndexPage
{
    public static string Html(IReadOnlyList<SitePage> pages) => PageFrame.Html(CourseTitle, "", $"""
        <main class="index">
        <header>
        <h1>{CourseTitle}</h1>
        <p class="lead">Where does the time go when a language model writes, and how do you get it back without changing what
        it says? A notebook course in C#. Every time on these pages was taken by the run that wrote them; what is computed
        instead says so.</p>
        </header>
        {string.Join('\n', pages.GroupBy(SiteSection.Of).Select(Section))}
        <footer>{string.Join('\n', pages.GroupBy(page => page.Run.Machine).Select(Machine))}</footer>
        </main>
        """);

    private static string Section(IGrouping<SiteSection, SitePage> section) => $"""
        <section>
        <h2>{Text(section.Key.Title)}</h2>
        <ol class="notebooks">
        {string.Join('\n', section.Select(Entry))}
        </ol>
        </section>
        """;

    private static string Entry(SitePage page) => $"""
        <li><a href="{PageLinks.PathToUrl(page.Path)}">
        <h3>{Text(page.Title)}</h3>
        <p>{Text(page.Summary)}</p>
        <p class="facts">{Badge(page)} <span>{Seconds(page.Run.Seconds)}</span>
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
