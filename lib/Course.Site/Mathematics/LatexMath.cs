using System.Net;

namespace Course.Site.Mathematics;

/// <summary>
/// Converts LaTeX formulas to MathML, which browsers draw without scripts, fonts or a network. It supports the subset of LaTeX that the
/// notebooks use. A formula with anything else is shown as its LaTeX source. Source: MathML Core (W3C).
/// </summary>
public static class LatexMath
{
    /// <summary>Converts a formula.</summary>
    /// <param name="latex">The formula without its dollar signs.</param>
    /// <param name="display">Whether the formula has its own line; limits are then set below and above their operators.</param>
    public static string ToMathMl(string latex, bool display)
    {
        var source = WebUtility.HtmlEncode(latex.Trim());
        try
        {
            var body = new LatexParser(LatexToken.Split(latex), display).Parse();
            var kind = display ? " display=\"block\"" : "";
            return $"<math{kind}><semantics><mrow>{body}</mrow>"
                + $"<annotation encoding=\"application/x-tex\">{source}</annotation></semantics></math>";
        }
        catch (FormatException)
        {
            return display ? $"<pre class=\"latex\">{source}</pre>" : $"<code class=\"latex\">{source}</code>";
        }
    }
}
