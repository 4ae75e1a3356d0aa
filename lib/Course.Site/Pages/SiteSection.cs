namespace Course.Site.Pages;

/// <summary>A part of the course, which is a folder of its notebooks.</summary>
/// <param name="Folder">Below the site; empty for its root.</param>
/// <param name="Title">As the front page names it.</param>
internal sealed record SiteSection(string Folder, string Title)
{
    private static readonly SiteSection[] Course =
        [new("", "Lessons"), new("take-home", "Take-home exercises"), new("interviewer", "For the interviewer")];

    /// <summary>The pages in the order in which they are read: lessons, exercises, the interviewer's, then what else there is.</summary>
    public static IEnumerable<SitePage> Sort(IEnumerable<SitePage> pages) => pages
        .OrderBy(page => Course.TakeWhile(section => section.Folder != FolderOf(page)).Count())
        .ThenBy(page => page.Path, StringComparer.Ordinal);

    public static SiteSection Of(SitePage page) =>
        FolderOf(page) is var folder && Course.FirstOrDefault(section => section.Folder == folder) is { } known
            ? known
            : new SiteSection(folder, folder);

    private static string FolderOf(SitePage page) => page.Path.LastIndexOf('/') is var end and >= 0 ? page.Path[..end] : "";
}
