using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Course.Site;

/// <summary>
/// Converts terminal text to HTML: colours and attributes become classes, and other control sequences are removed.
/// Source: ECMA-48, "select graphic rendition".
/// </summary>
public static partial class AnsiText
{
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var style = default(AnsiStyle);
        var end = 0;
        foreach (Match match in ControlSequence().Matches(text))
        {
            Append(html, style, text[end..match.Index]);
            end = match.Index + match.Length;
            style = match.Groups["sgr"].Success ? style.Apply(match.Groups["sgr"].Value) : style;
        }

        Append(html, style, text[end..]);
        return html.ToString();
    }

    private static void Append(StringBuilder html, AnsiStyle style, string text)
    {
        if (text.Length == 0)
            return;

        var classes = style.Classes;
        html.Append(classes.Length == 0
            ? WebUtility.HtmlEncode(text)
            : $"<span class=\"{classes}\">{WebUtility.HtmlEncode(text)}</span>");
    }

    // CSI … letter (SGR when the letter is m), OSC … BEL or ST, any other two-character escape, lone control characters.
    [GeneratedRegex(
        @"\x1B\[(?<sgr>[0-9;]*)m|\x1B\[[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(\x07|\x1B\\)|\x1B[ -/]*.?|[\x00-\x08\x0B-\x1A\x7F]")]
    private static partial Regex ControlSequence();
}
