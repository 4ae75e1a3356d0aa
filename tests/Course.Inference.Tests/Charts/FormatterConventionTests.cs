using System.Collections;
using Course.Inference.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Tests.Charts;

/// <summary>Finds and calls formatters as .NET Interactive does: by names alone, knowing no type of this library.</summary>
public class FormatterConventionTests
{
    [Fact]
    public void A_figure_offers_plotly_html_and_text_and_a_png_where_it_can()
    {
        var bundle = Bundle(Figures.Make("lines"));

        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], bundle.Keys.Order().Where(type => type != "image/png"));
        Assert.Equal(Figures.Make("lines").Png, bundle.GetValueOrDefault("image/png"));
        Assert.StartsWith("{", bundle["application/vnd.plotly.v1+json"], StringComparison.Ordinal);
        Assert.Contains("<img", bundle["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", bundle["text/html"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("first", bundle["text/plain"], StringComparison.Ordinal);
    }

    public static TheoryData<string> Measurements => ["timing", "comparison", "machine", "peaks"];

    [Theory]
    [MemberData(nameof(Measurements))]
    public void Measurements_offer_html_and_text(string which)
    {
        var timing = new Timing("a <step>", new Samples([1, 2, 3]));
        object value = which switch
        {
            "timing" => timing,
            "comparison" => new Comparison(timing, timing),
            "machine" => Machine.Describe(),
            _ => new Peaks("cpu", timing, 1, timing, 1),
        };

        var bundle = Bundle(value);

        Assert.Equal(["text/html", "text/plain"], bundle.Keys.Order());
        Assert.DoesNotContain("<step>", bundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_formatter_leaves_what_it_does_not_know()
    {
        var formatter = Formatters(typeof(Figure)).First();

        Assert.False((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, ["a text", new StringWriter()])!);
    }

    private static Dictionary<string, string> Bundle(object value)
    {
        var bundle = new Dictionary<string, string>();
        foreach (var formatter in Formatters(value.GetType()))
        {
            using var writer = new StringWriter();
            if ((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer])!)
                bundle.Add((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
        }
        return bundle;
    }

    private static IEnumerable<object> Formatters(Type type)
    {
        var attribute = type.GetCustomAttributes(true).Single(found => found.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.IsType<string[]>(attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute));
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var source = Activator.CreateInstance(sourceType)!;
        return ((IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>();
    }
}
