using Course.Kernel.Site.Mathematics;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Course.Kernel.Site;

/// <summary>A heading of a page, for its table of contents; <c>Id</c> is its anchor, unique on the page.</summary>
public readonly record struct Heading(int Level, string Text, string Id);

/// <summary>Renders the Markdown cells of one page: headings are collected and get anchors, formulas become MathML.</summary>
/// <param name="links">Says where a link or a picture of the notebook is to be found from the page.</param>
public sealed class MarkdownRenderer(PageLinks links)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseMathematics()
        .UseEmphasisExtras()
        .UseFootnotes()
        .UseTaskLists()
        .UseAutoLinks()
        .UseAlertBlocks()
        .Build();

    private readonly HashSet<string> anchors = [];
    private readonly List<Heading> headings = [];

    public IReadOnlyList<Heading> Headings => headings;

    /// <summary><paramref name="attachments"/>: pictures the cell carries itself, by name, as data addresses.</summary>
    public string ToHtml(string text, IReadOnlyDictionary<string, string>? attachments = null)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            Anchor(heading);
        }

        foreach (var link in document.Descendants<LinkInline>().ToArray())
        {
            Redirect(link, attachments);
        }

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineFormula());
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockFormula());
        renderer.Render(document);
        return writer.ToString();
    }

    private void Anchor(HeadingBlock heading)
    {
        var text = PlainText(heading.Inline);
        var slug = Slug(text);
        var id = slug;
        for (var again = 2; !anchors.Add(id); again++)
        {
            id = $"{slug}-{again}";
        }

        heading.GetAttributes().Id = id;
        headings.Add(new Heading(heading.Level, text, id));
    }

    private void Redirect(LinkInline link, IReadOnlyDictionary<string, string>? attachments)
    {
        var url = link.Url ?? "";
        if (!link.IsImage)
        {
            link.Url = links.ForLink(url);
        }
        else if (url.StartsWith("attachment:", StringComparison.Ordinal))
        {
            link.Url = attachments?.GetValueOrDefault(url["attachment:".Length..]) ?? url;
        }
        else
        {
            // A picture from the network would break the page without one: it becomes a link to itself.
            (link.Url, link.IsImage) = links.ForPicture(url) is { } local ? (local, true) : (url, false);
        }
    }

    /// <summary>As the classic renderers of Markdown name anchors: lower case, hyphens for spaces, no punctuation.</summary>
    internal static string Slug(string text)
    {
        var kept = text.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_');
        var slug = string.Concat(kept).Trim().Replace(' ', '-');
        return slug.Length > 0 ? slug : "section";
    }

    internal static string PlainText(ContainerInline? inlines) => string.Concat((inlines ?? []).Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline math => math.Content.ToString(),
        LineBreakInline => " ",
        ContainerInline container => PlainText(container),
        _ => "",
    }));

    private sealed class InlineFormula : HtmlObjectRenderer<MathInline>
    {
        // $$…$$ inside a paragraph is displayed all the same.
        protected override void Write(HtmlRenderer renderer, MathInline math) =>
            renderer.Write(LatexMath.ToMathMl(math.Content.ToString(), display: math.DelimiterCount > 1));
    }

    private sealed class BlockFormula : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock math) =>
            renderer.Write(LatexMath.ToMathMl(math.Lines.ToString(), display: true)).WriteLine();
    }
}
