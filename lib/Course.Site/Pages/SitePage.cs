using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using Markdig;
using Markdig.Syntax;

namespace Course.Site.Pages;

/// <summary>
/// One executed notebook and its place in the site. <c>Path</c> is the page, relative to the site, with slashes;
/// <c>SourceFolder</c> is where the notebook's own links start from.
/// </summary>
public sealed record SitePage(string Path, string SourceFolder, Notebook Notebook, RunRecord Run)
{
    /// <summary>The first heading of the notebook, or its file name.</summary>
    public string Title { get; } = First<HeadingBlock>(Notebook) is { Inline: { } title }
        ? MarkdownRenderer.PlainText(title)
        : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The first sentence or line below the title: the question.</summary>
    public string Summary { get; } = MarkdownRenderer.PlainText(First<ParagraphBlock>(Notebook)?.Inline);

    /// <summary>What its checks said; null for a notebook that is no exercise.</summary>
    public ExerciseChecks? Exercise { get; } = ExerciseChecks.In(Notebook);

    /// <summary>From this page's folder up to the site's.</summary>
    public string Root => string.Concat(Enumerable.Repeat("../", Path.Count(c => c == '/')));

    public string UrlFrom(SitePage other) => other.Root + PageLinks.PathToUrl(Path);

    private static TBlock? First<TBlock>(Notebook notebook)
        where TBlock : LeafBlock =>
        notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Markdown) is { } cell
            ? Markdown.Parse(cell.Source).Descendants<TBlock>().FirstOrDefault()
            : null;
}
