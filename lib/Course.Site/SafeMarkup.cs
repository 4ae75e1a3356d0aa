using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Xhtml;
using Ganss.Xss;

namespace Course.Site;

/// <summary>
/// Markup of a notebook, which is somebody else's: text, tables, lists, links and pictures stay; whatever runs, fetches,
/// asks for input or looks like a part of the page itself goes. A drawing becomes a picture, in which nothing can run.
/// </summary>
internal static partial class SafeMarkup
{
    // A page of tables has a tenth of it. Beyond, a parser may need minutes, and its depth the stack.
    private const int MostTags = 50_000, Deepest = 200;

    private static readonly string[] OwnClasses = ["footnote", "task-list", "contains-task-list", "markdown-alert", "language-"];

    private static readonly string[] Forms =
        ["form", "button", "select", "option", "optgroup", "textarea", "fieldset", "legend", "label", "datalist", "keygen", "map", "area"];

    // What would lay an output over the page.
    private static readonly string[] OutOfPlace =
        ["position", "z-index", "top", "right", "bottom", "left", "inset", "float", "content", "transform", "animation", "transition"];

    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>The markup that is left; null where it is too much to look through.</summary>
    public static string? Of(string html) => Parse(html) is { } document ? Clean(document).InnerHtml : null;

    /// <summary>The same; null also where it would be a torso, since what it shows needs scripts or a network.</summary>
    public static string? Whole(string html) =>
        Parse(html) is { } document && !NeedsMore(document) && Clean(document) is var body && ShowsSomething(body) ? body.InnerHtml : null;

    private static IHtmlDocument? Parse(string html)
    {
        if (html.AsSpan().Count('<') > MostTags)
        {
            return null;
        }

        var document = Sanitizer.HtmlParserFactory().ParseDocument("");
        document.Body!.InnerHtml = html;
        return IsTooDeep(document.Body) ? null : document;
    }

    private static bool NeedsMore(IHtmlDocument document) =>
        document.QuerySelector("script, link, iframe, frame, object, embed, video, audio, source") is not null
        || document.QuerySelectorAll("img").Any(img => !IsCarried(img.GetAttribute("src") ?? ""))
        || document.QuerySelectorAll("style").Any(style => Fetches().IsMatch(style.TextContent));

    private static bool ShowsSomething(IElement body) =>
        !body.TextContent.AsSpan().IsWhiteSpace() || body.QuerySelector("img, hr, input") is not null;

    private static IElement Clean(IHtmlDocument document)
    {
        var body = document.Body!;
        foreach (var drawing in body.QuerySelectorAll("svg").Where(svg => svg.ParentElement?.Closest("svg") is null).ToArray())
        {
            drawing.OuterHtml = Picture(drawing);
        }

        Sanitizer.SanitizeDom(document, body);
        return body;
    }

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.ExceptWith(Forms);
        sanitizer.AllowedAttributes.UnionWith(["class", "id"]);
        sanitizer.AllowedAttributes.Remove("action");
        sanitizer.AllowedSchemes.UnionWith(["mailto", "data"]);
        sanitizer.AllowedCssProperties.ExceptWith(sanitizer.AllowedCssProperties.Where(IsOutOfPlace).ToArray());
        sanitizer.DisallowCssPropertyValue = Fetches();
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = IsFitting(url.Tag, url.OriginalUrl) ? url.SanitizedUrl : null;
        sanitizer.PostProcessNode += (_, e) => Finish(e.Node as IElement);
        return sanitizer;
    }

    /// <summary>Pictures are carried in the page, links lead somewhere; nothing else has an address.</summary>
    private static bool IsFitting(IElement tag, string url) => tag.LocalName switch
    {
        "img" => IsCarried(url),
        "a" => !url.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsCarried(string url) => url.TrimStart().StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    private static void Finish(IElement? element)
    {
        // A picture that is not carried has lost its address.
        if (element is { LocalName: "img" } && !element.HasAttribute("src"))
        {
            element.Remove();
        }

        // Task lists have boxes; any other field would ask the reader for something.
        if (element is { LocalName: "input" })
        {
            if (element.GetAttribute("type") != "checkbox")
            {
                element.Remove();
            }

            element.SetAttribute("disabled", "");
        }

        // The page's own classes would let a notebook award itself a badge.
        foreach (var name in element?.ClassList.Where(name => !IsOwn(name)).ToArray() ?? [])
        {
            element!.ClassList.Remove(name);
        }
    }

    private static bool IsOwn(string name) => OwnClasses.Any(own => name.StartsWith(own, StringComparison.Ordinal));

    private static bool IsOutOfPlace(string property) =>
        OutOfPlace.Any(place => property == place || property.StartsWith(place + "-", StringComparison.Ordinal));

    private static string Picture(IElement drawing)
    {
        if (drawing.GetAttribute("xmlns") is null)
        {
            drawing.SetAttribute("xmlns", "http://www.w3.org/2000/svg");
        }

        var title = drawing.QuerySelector("title")?.TextContent ?? "";
        var xml = Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.ToHtml(XhtmlMarkupFormatter.Instance)));
        return $"<img src=\"data:image/svg+xml;base64,{xml}\" alt=\"{System.Net.WebUtility.HtmlEncode(title)}\">";
    }

    [GeneratedRegex(@"[<>]|@import|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex Fetches();

    /// <summary>Without recursion, which is what depth would break.</summary>
    private static bool IsTooDeep(INode root)
    {
        var depth = 0;
        for (var node = root.FirstChild; node is not null && depth < Deepest;)
        {
            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node is not null && node != root && node.NextSibling is null)
            {
                (node, depth) = (node.Parent, depth - 1);
            }

            node = node == root ? null : node?.NextSibling;
        }

        return depth >= Deepest;
    }
}
