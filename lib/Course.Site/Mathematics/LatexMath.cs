using System.Net;

namespace Course.Site.Mathematics;

/// <summary>
/// LaTeX formulas as MathML, which browsers draw by themselves: no script, no font and no network. It covers the part of
/// LaTeX that the notebooks use; what it does not know is shown as written, never dropped.
/// Source: MathML Core (W3C).
/// </summary>
public static class LatexMath
{
    /// <param name="latex">A formula without its dollar signs.</param>
    /// <param name="display">On a line of its own: limits go under and over their operators.</param>
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
