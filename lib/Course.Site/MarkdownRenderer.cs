using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Course.Site.Mathematics;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Course.Site;

/// <summary>A heading of a page, for the table of contents. <c>Id</c> is its anchor, unique on the page.</summary>
public readonly record struct Heading(int Level, string Text, string Id);

/// <summary>Renders the Markdown cells of one page. It collects headings and gives them anchors, and converts formulas to MathML.</summary>
/// <param name="links">Resolves the notebook's links and pictures for the page.</param>
public sealed partial class MarkdownRenderer(PageLinks links)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseMathematics()
        .UseEmphasisExtras()
        .UseFootnotes()
        .UseTaskLists()
        .UseAutoLinks()
        // Without the icon, which would be an SVG.
        .UseAlertBlocks((renderer, kind) => renderer.WriteEscape(kind))
        .Build();

    // A character for private use, which is removed from the notebook's own text.
    private const char PlaceholderMark = '\uE000';

    private readonly HashSet<string> anchors = [];
    private readonly List<Heading> headings = [];

    public IReadOnlyList<Heading> Headings => headings;

    /// <summary>Renders a cell. <paramref name="attachments"/> are the pictures in the cell itself, by name, as data URLs.</summary>
    public string ToHtml(string text, IReadOnlyDictionary<string, string>? attachments = null)
    {
        var document = Markdown.Parse(text.Replace(PlaceholderMark, '\uFFFD'), Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            Anchor(heading);

        foreach (var link in document.Descendants<LinkInline>().ToArray())
            Redirect(link, attachments);

        var formulas = new List<string>();
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineFormula(formulas));
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockFormula(formulas));
        renderer.Render(document);
        var markup = SafeMarkup.Of(writer.ToString()) ?? $"<pre>{WebUtility.HtmlEncode(text)}</pre>";
        return PlaceholderPattern().Replace(markup, match => formulas[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]);
    }

    private void Anchor(HeadingBlock heading)
    {
        var text = PlainText(heading.Inline);
        var slug = Slug(text);
        var id = slug;
        for (var again = 2; !anchors.Add(id); again++)
            id = $"{slug}-{again}";

        heading.GetAttributes().Id = id;
        headings.Add(new Heading(heading.Level, text, id));
    }

    private void Redirect(LinkInline link, IReadOnlyDictionary<string, string>? attachments)
    {
        var url = link.Url ?? "";
        if (!link.IsImage)
            link.Url = links.ForLink(url);
        else if (url.StartsWith("attachment:", StringComparison.Ordinal))
            link.Url = attachments?.GetValueOrDefault(url["attachment:".Length..]) ?? url;
        else
        {
            // The page must work without a network, so a remote picture becomes a link to it.
            (link.Url, link.IsImage) = links.ForPicture(url) is { } local ? (local, true) : (url, false);
        }
    }

    /// <summary>Returns an anchor in the usual form of Markdown renderers: lower case, hyphens for spaces, no punctuation.</summary>
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

    private sealed class InlineFormula(List<string> formulas) : HtmlObjectRenderer<MathInline>
    {
        // Longer formulas may be wider than the screen of a phone.
        private const int MaximumInlineLength = 24;

        // $$…$$ inside a paragraph is a displayed formula too.
        protected override void Write(HtmlRenderer renderer, MathInline math)
        {
            var latex = math.Content.ToString();
            if (!renderer.EnableHtmlForInline)
            {
                // The formula is in the alternative text of a picture.
                renderer.WriteEscape(latex);
                return;
            }

            var kind = math.DelimiterCount > 1 || latex.Length > MaximumInlineLength ? "formula long" : "formula";
            renderer.Write(
                Placeholder(formulas, $"<span class=\"{kind}\">{LatexMath.ToMathMl(latex, display: math.DelimiterCount > 1)}</span>"));
        }
    }

    private sealed class BlockFormula(List<string> formulas) : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock math) => renderer
            .Write(Placeholder(formulas, $"<div class=\"formula\">{LatexMath.ToMathMl(math.Lines.ToString(), display: true)}</div>"))
            .WriteLine();
    }

    /// <summary>
    /// Replaces a formula by a placeholder while the notebook's markup is cleaned: the formula's markup is our own and must not be cleaned.
    /// </summary>
    private static string Placeholder(List<string> formulas, string markup)
    {
        formulas.Add(markup);
        return string.Create(CultureInfo.InvariantCulture, $"{PlaceholderMark}{formulas.Count - 1}{PlaceholderMark}");
    }

    [GeneratedRegex("\uE000([0-9]+)\uE000")]
    private static partial Regex PlaceholderPattern();
}
