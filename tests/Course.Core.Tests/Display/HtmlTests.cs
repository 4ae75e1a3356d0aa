using System.Globalization;

namespace Course.Core.Tests.Display;

public class HtmlTests
{
    [Theory]
    [InlineData("plain", "<p>plain</p>")]
    [InlineData("<b onclick=\"x()\">&'</b>", "<p>&lt;b onclick=&quot;x()&quot;&gt;&amp;&#39;&lt;/b&gt;</p>")]
    [InlineData(null, "<p></p>")]
    public void A_hole_is_encoded_whatever_it_contains(string? text, string expected) =>
        Assert.Equal(expected, $"{Html.Of($"<p>{text}</p>")}");

    [Fact]
    public void Markup_in_a_hole_stays_markup()
    {
        var rows = new[] { "a<", "b" }.Select(text => Html.Of($"<li>{text}</li>"));
        Assert.Equal("<ul><li>a&lt;</li><li>b</li></ul>", $"{Html.Of($"<ul>{Html.Concat(rows)}</ul>")}");
        Assert.Equal("x&amp;y", $"{Html.Of($"{Html.Encode("x&y")}{default(Html)}")}");
    }

    [Fact]
    public void Numbers_are_formatted_in_the_invariant_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new() { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal("<td>0.25 1.5</td>", $"{Html.Of($"<td>{0.251:0.##} {1.5}</td>")}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
