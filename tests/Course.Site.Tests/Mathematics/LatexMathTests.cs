using System.Xml.Linq;
using Course.Site.Mathematics;

namespace Course.Site.Tests.Mathematics;

public sealed class LatexMathTests
{
    private static readonly XNamespace None = XNamespace.None;

    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("3.14", "<mn>3.14</mn>")]
    [InlineData("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("x^2", "<msup><mi>x</mi><mrow><mn>2</mn></mrow></msup>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mrow><mi>i</mi></mrow><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mrow><mi>i</mi></mrow><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData("x'", "<msup><mi>x</mi><mo>′</mo></msup>")]
    [InlineData("\\alpha \\le \\gamma", "<mi>α</mi><mo>≤</mo><mi>γ</mi>")]
    [InlineData("\\frac{1}{2}", "<mfrac><mrow><mrow><mn>1</mn></mrow></mrow><mrow><mrow><mn>2</mn></mrow></mrow></mfrac>")]
    [InlineData("\\frac12", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>")]
    [InlineData("\\sqrt x", "<msqrt><mrow><mi>x</mi></mrow></msqrt>")]
    [InlineData(
        "\\min(1, x)",
        "<mo lspace=\"0.1em\" rspace=\"0.1em\">min</mo><mo stretchy=\"false\">(</mo><mn>1</mn><mo>,</mo><mi>x</mi>" +
        "<mo stretchy=\"false\">)</mo>")]
    [InlineData("\\text{if } x", "<mtext>if </mtext><mi>x</mi>")]
    [InlineData("\\{x\\}", "<mo stretchy=\"false\">{</mo><mi>x</mi><mo stretchy=\"false\">}</mo>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    [InlineData("\\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData("\\mathcal{L}", "<mi>ℒ</mi>")]
    [InlineData("\\Big[ x", "<mo stretchy=\"true\" minsize=\"1.8em\" maxsize=\"1.8em\" fence=\"true\">[</mo><mi>x</mi>")]
    [InlineData("\\left( x \\right.", "<mrow><mo stretchy=\"true\" fence=\"true\">(</mo><mi>x</mi></mrow>")]
    [InlineData(
        "2 \\cdot L \\cdot H_{kv}",
        "<mn>2</mn><mo>⋅</mo><mi>L</mi><mo>⋅</mo><msub><mi>H</mi><mrow><mrow><mi>k</mi><mi>v</mi></mrow></mrow></msub>")]
    public void A_formula_becomes_MathML(string latex, string expected) =>
        Assert.Contains($"<mrow>{expected}</mrow>", LatexMath.ToMathMl(latex, display: false), StringComparison.Ordinal);

    [Fact]
    public void Limits_are_below_and_above_only_in_displayed_formulas()
    {
        const string Sum = "\\sum_{i=1}^n x_i";

        Assert.Contains("<munderover>", LatexMath.ToMathMl(Sum, display: true), StringComparison.Ordinal);
        Assert.Contains("<msubsup><mo largeop", LatexMath.ToMathMl(Sum, display: false), StringComparison.Ordinal);
        Assert.Contains("<msub><mi>x</mi>", LatexMath.ToMathMl(Sum, display: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\frac{1-\\alpha^{\\gamma+1}}{(1-\\alpha)(\\gamma c+1)}")]
    [InlineData("\\beta = \\sum_x \\min\\left(p(x), q(x)\\right)")]
    [InlineData("p'(x) = \\mathrm{norm}(\\max(0, p(x) - q(x)))")]
    [InlineData("I = \\frac{2M}{b} \\;\\left[\\tfrac{\\text{FLOP}}{\\text{byte}}\\right]")]
    [InlineData("f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}")]
    [InlineData("\\begin{aligned} a &= b \\\\ &= c \\end{aligned}")]
    [InlineData("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\in \\mathbb{R}^{2 \\times 2}")]
    [InlineData("\\sqrt[3]{x} + \\hat{y} + \\overline{z} + \\underbrace{a+b}_{\\text{sum}}")]
    [InlineData("t \\approx \\max\\left(\\frac{\\text{FLOPs}}{\\pi}, \\frac{\\text{bytes}}{\\beta}\\right), \\quad 95\\,\\%")]
    [InlineData("\\lfloor x \\rfloor, \\lVert v \\rVert_2, \\log_2 V, \\arg\\max_i z_i, O(n^2)")]
    [InlineData("1{,}000 \\text{ tokens/s} \\gg 10^{-3}")]
    public void The_supported_LaTeX_is_converted_to_well_formed_MathML(string latex)
    {
        foreach (var display in new[] { true, false })
        {
            var markup = LatexMath.ToMathMl(latex, display);

            Assert.Equal(None + "math", XElement.Parse(markup).Name);
        }
    }

    [Theory]
    [InlineData("\\unknown{x}")]
    [InlineData("\\frac{1}")]
    [InlineData("{x")]
    [InlineData("x}")]
    [InlineData("a & b")]
    [InlineData("x^")]
    [InlineData("\\begin{cases} 1")]
    [InlineData("\\begin{cases} 1 \\end{matrix}")]
    [InlineData("\\")]
    public void Unknown_LaTeX_is_shown_as_source(string latex)
    {
        Assert.Equal($"<code class=\"latex\">{System.Net.WebUtility.HtmlEncode(latex)}</code>", LatexMath.ToMathMl(latex, display: false));
        Assert.StartsWith("<pre class=\"latex\">", LatexMath.ToMathMl(latex, display: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\\frac")]
    [InlineData("\\hat")]
    [InlineData("\\left(")]
    public void Endless_nesting_does_not_overflow_the_stack(string piece) =>
        Assert.StartsWith(
            "<code", LatexMath.ToMathMl(string.Concat(Enumerable.Repeat(piece, 100_000)), display: false), StringComparison.Ordinal);

    [Fact]
    public void The_source_is_kept_for_copying() =>
        Assert.Contains(
            "<annotation encoding=\"application/x-tex\">a &lt; b</annotation>", LatexMath.ToMathMl("a < b", display: false),
            StringComparison.Ordinal);
}
