using System.Net;
using System.Text.RegularExpressions;

namespace Course.Kernel.Formatting;

/// <summary>Reduces HTML to its text.</summary>
internal static partial class HtmlText
{
    public static string Strip(string html) => WebUtility.HtmlDecode(Tag().Replace(Invisible().Replace(html, ""), "")).Trim();

    [GeneratedRegex("<(script|style)\\b.*?</\\1\\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
