using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Markdig;
using Markdig.Syntax;

namespace Course.Kernel.Site.Pages;

/// <summary>
/// One executed notebook and its place in the site. <c>Path</c> is the page, relative to the site, with slashes;
/// <c>SourceFolder</c> is where the notebook's own links start from.
/// </summary>
public sealed record SitePage(string Path, string SourceFolder, Notebook Notebook, RunRecord Run)
{
    /// <summary>The first heading of the notebook, or its file name.</summary>
    public string Title => FirstBlock<HeadingBlock>() is { Inline: { } title }
        ? MarkdownRenderer.PlainText(title)
        : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The first sentence or line below the title: the question.</summary>
    public string Summary => MarkdownRenderer.PlainText(FirstBlock<ParagraphBlock>()?.Inline);

    /// <summary>From this page's folder up to the site's.</summary>
    public string Root => string.Concat(Enumerable.Repeat("../", Path.Count(c => c == '/')));

    public string UrlFrom(SitePage other) => other.Root + PageLinks.PathToUrl(Path);

    private TBlock? FirstBlock<TBlock>()
        where TBlock : LeafBlock =>
        Notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Markdown) is { } cell
            ? Markdown.Parse(cell.Source).Descendants<TBlock>().FirstOrDefault()
            : null;
}
