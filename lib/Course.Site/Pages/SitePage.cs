using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Markdig;
using Markdig.Syntax;

namespace Course.Site.Pages;

/// <summary>
/// One executed notebook and its page. <c>Path</c> is the page's path relative to the site, with slashes; <c>SourceFolder</c> is the folder
/// to which the links in the notebook are relative.
/// </summary>
public sealed record SitePage(string Path, string SourceFolder, Notebook Notebook, RunRecord Run)
{
    /// <summary>The first heading of the notebook, or its file name.</summary>
    public string Title { get; } = First<HeadingBlock>(Notebook) is { Inline: { } title }
        ? MarkdownRenderer.PlainText(title)
        : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The first paragraph below the title: the question.</summary>
    public string Summary { get; } = MarkdownRenderer.PlainText(First<ParagraphBlock>(Notebook)?.Inline);

    /// <summary>The results of its checks; null for a notebook without an exercise.</summary>
    public ExerciseChecks? Exercise { get; } = ExerciseChecks.In(Notebook);

    /// <summary>The relative path from this page's folder to the site's folder.</summary>
    public string Root => string.Concat(Enumerable.Repeat("../", Path.Count(c => c == '/')));

    public string UrlFrom(SitePage other) => other.Root + PageLinks.PathToUrl(Path);

    private static TBlock? First<TBlock>(Notebook notebook)
        where TBlock : LeafBlock =>
        notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Markdown) is { } cell
            ? Markdown.Parse(cell.Source).Descendants<TBlock>().FirstOrDefault()
            : null;
}
