using System.Net;
using System.Text.RegularExpressions;

namespace Course.Charts;

/// <summary>Removes the simple HTML markup of Plotly's texts, for pictures and terminals.</summary>
internal static partial class PlainText
{
    public static string[] Lines(string? html) =>
    [
        .. LineBreak().Split(html ?? "")
            .Select(line => WebUtility.HtmlDecode(Tag().Replace(line, "")).Trim())
            .Where(line => line.Length > 0),
    ];

    public static string Of(string? html) => string.Join(' ', Lines(html));

    /// <summary>Escapes text so that Plotly shows it literally.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex("<br ?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();

    [GeneratedRegex("</?[a-z]+[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
