namespace Course.Charts.Tests.Display;

public class FigureDisplayTests
{
    [Fact]
    public void A_figure_offers_plotly_html_and_text_and_a_png_where_it_can()
    {
        var bundle = Convention.Bundle(Figures.Make("lines"));

        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], bundle.Keys.Order().Where(type => type != "image/png"));
        Assert.Equal(Figures.Make("lines").Png, bundle.GetValueOrDefault("image/png"));
        Assert.StartsWith("{", bundle["application/vnd.plotly.v1+json"], StringComparison.Ordinal);
        Assert.Contains("<img", bundle["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", bundle["text/html"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("first", bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_formatter_declines_values_of_other_types()
    {
        var formatter = Convention.Formatters(typeof(Figure)).First();

        Assert.False((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, ["a text", new StringWriter()])!);
    }
}
