namespace Course.Site.Pages;

/// <summary>A section of the course, which is a folder of notebooks.</summary>
/// <param name="Folder">The folder relative to the site; empty for its root.</param>
/// <param name="Title">The title on the front page.</param>
internal sealed record SiteSection(string Folder, string Title)
{
    private static readonly SiteSection[] Course =
        [new("", "Lessons"), new("take-home", "Take-home exercises"), new("interviewer", "For the interviewer")];

    /// <summary>Sorts pages in reading order: lessons, exercises, the interviewer's notebooks, then all others.</summary>
    public static IEnumerable<SitePage> Sort(IEnumerable<SitePage> pages) => pages
        .OrderBy(page => Course.TakeWhile(section => section.Folder != FolderOf(page)).Count())
        .ThenBy(page => page.Path, StringComparer.Ordinal);

    public static SiteSection Of(SitePage page) =>
        FolderOf(page) is var folder && Course.FirstOrDefault(section => section.Folder == folder) is { } known
            ? known
            : new SiteSection(folder, folder);

    private static string FolderOf(SitePage page) => page.Path.LastIndexOf('/') is var end and >= 0 ? page.Path[..end] : "";
}
