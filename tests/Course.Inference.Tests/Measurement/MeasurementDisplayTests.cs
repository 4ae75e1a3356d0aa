using Course.Charts.Tests.Display;
using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class MeasurementDisplayTests
{
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

        var bundle = Convention.Bundle(value);

        Assert.Equal(["text/html", "text/plain"], bundle.Keys.Order());
        Assert.DoesNotContain("<step>", bundle["text/html"], StringComparison.Ordinal);
    }
}
