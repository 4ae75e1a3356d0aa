using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Xhtml;
using Ganss.Xss;

namespace Course.Site;

/// <summary>
/// Sanitises the markup of a notebook, which may come from anyone. Text, tables, lists, links and pictures are kept; anything that runs,
/// fetches, asks for input or imitates the page itself is removed. SVG becomes a picture, in which no script can run.
/// </summary>
internal static partial class SafeMarkup
{
    // A page full of tables has a tenth of this. Beyond it, parsing may take minutes, and deep nesting may overflow the stack.
    private const int MaximumTags = 50_000, MaximumDepth = 200;

    private static readonly string[] AllowedClasses = ["footnote", "task-list", "contains-task-list", "markdown-alert", "language-"];

    private static readonly string[] FormElements =
        ["form", "button", "select", "option", "optgroup", "textarea", "fieldset", "legend", "label", "datalist", "keygen", "map", "area"];

    // Properties that could place an output over other parts of the page.
    private static readonly string[] LayoutProperties =
        ["position", "z-index", "top", "right", "bottom", "left", "inset", "float", "content", "transform", "animation", "transition"];

    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>Returns the sanitised markup; null if there is too much to check.</summary>
    public static string? Of(string html) => Parse(html) is { } document ? Clean(document).InnerHtml : null;

    /// <summary>
    /// Returns the sanitised markup; null if there is too much to check, or if it needs scripts or a network and would be incomplete.
    /// </summary>
    public static string? SelfContained(string html) =>
        Parse(html) is { } document && !NeedsScriptsOrNetwork(document) && Clean(document) is var body && HasContent(body)
            ? body.InnerHtml
            : null;

    private static IHtmlDocument? Parse(string html)
    {
        if (html.AsSpan().Count('<') > MaximumTags)
            return null;

        var document = Sanitizer.HtmlParserFactory().ParseDocument("");
        document.Body!.InnerHtml = html;
        return IsTooDeep(document.Body) ? null : document;
    }

    private static bool NeedsScriptsOrNetwork(IHtmlDocument document) =>
        document.QuerySelector("script, link, iframe, frame, object, embed, video, audio, source") is not null
        || document.QuerySelectorAll("img").Any(img => !IsEmbedded(img.GetAttribute("src") ?? ""))
        || document.QuerySelectorAll("style").Any(style => Fetches().IsMatch(style.TextContent));

    private static bool HasContent(IElement body) =>
        !body.TextContent.AsSpan().IsWhiteSpace() || body.QuerySelector("img, hr, input") is not null;

    private static IElement Clean(IHtmlDocument document)
    {
        var body = document.Body!;
        foreach (var drawing in body.QuerySelectorAll("svg").Where(svg => svg.ParentElement?.Closest("svg") is null).ToArray())
            drawing.OuterHtml = Picture(drawing);

        Sanitizer.SanitizeDom(document, body);
        return body;
    }

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.ExceptWith(FormElements);
        sanitizer.AllowedAttributes.UnionWith(["class", "id"]);
        sanitizer.AllowedAttributes.Remove("action");
        sanitizer.AllowedSchemes.UnionWith(["mailto", "data"]);
        sanitizer.AllowedCssProperties.ExceptWith(sanitizer.AllowedCssProperties.Where(IsLayoutProperty).ToArray());
        sanitizer.DisallowCssPropertyValue = Fetches();
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = IsAllowedUrl(url.Tag, url.OriginalUrl) ? url.SanitizedUrl : null;
        sanitizer.PostProcessNode += (_, e) => CleanElement(e.Node as IElement);
        return sanitizer;
    }

    /// <summary>Only embedded pictures and links may have an address.</summary>
    private static bool IsAllowedUrl(IElement tag, string url) => tag.LocalName switch
    {
        "img" => IsEmbedded(url),
        "a" => !url.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsEmbedded(string url) => url.TrimStart().StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    private static void CleanElement(IElement? element)
    {
        // Remove a picture whose address was removed because it is not embedded.
        if (element is { LocalName: "img" } && !element.HasAttribute("src"))
            element.Remove();

        // Only the checkboxes of task lists are kept; other fields would ask the reader for input.
        if (element is { LocalName: "input" })
        {
            if (element.GetAttribute("type") != "checkbox")
                element.Remove();

            element.SetAttribute("disabled", "");
        }

        // With the page's own classes a notebook could give itself a badge.
        foreach (var name in element?.ClassList.Where(name => !IsAllowedClass(name)).ToArray() ?? [])
            element!.ClassList.Remove(name);
    }

    private static bool IsAllowedClass(string name) => AllowedClasses.Any(own => name.StartsWith(own, StringComparison.Ordinal));

    private static bool IsLayoutProperty(string property) =>
        LayoutProperties.Any(place => property == place || property.StartsWith(place + "-", StringComparison.Ordinal));

    private static string Picture(IElement drawing)
    {
        if (drawing.GetAttribute("xmlns") is null)
            drawing.SetAttribute("xmlns", "http://www.w3.org/2000/svg");

        var title = drawing.QuerySelector("title")?.TextContent ?? "";
        var xml = Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.ToHtml(XhtmlMarkupFormatter.Instance)));
        return $"<img src=\"data:image/svg+xml;base64,{xml}\" alt=\"{System.Net.WebUtility.HtmlEncode(title)}\">";
    }

    [GeneratedRegex(@"[<>]|@import|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex Fetches();

    /// <summary>Checks the depth without recursion, because recursion would overflow the stack.</summary>
    private static bool IsTooDeep(INode root)
    {
        var depth = 0;
        for (var node = root.FirstChild; node is not null && depth < MaximumDepth;)
        {
            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node is not null && node != root && node.NextSibling is null)
                (node, depth) = (node.Parent, depth - 1);

            node = node == root ? null : node?.NextSibling;
        }

        return depth >= MaximumDepth;
    }
}
