namespace Course.Inference.Measurement;

/// <summary>Repeated timings of one thing.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Seconds">Seconds of one call, one sample per measurement.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Timing(string Name, Samples Seconds) : IRichDisplay
{
    /// <summary>Seconds of one call: the figure to quote.</summary>
    public double Median => Seconds.Median;

    /// <summary>The rate per second if one call yields <paramref name="count"/> tokens, bytes, FLOPs or the like.</summary>
    public double Rate(double count) => count / Median;

    public string ToHtml() => MeasurementTable.Of([this]);

    public override string ToString() =>
        $"{Name}: {Quantity.Seconds(Median)} (median; " +
        $"quartiles {Quantity.Seconds(Seconds.LowerQuartile)} … {Quantity.Seconds(Seconds.UpperQuartile)}, " +
        $"range {Quantity.Seconds(Seconds.Minimum)} … {Quantity.Seconds(Seconds.Maximum)}, n = {Seconds.Count})";
}

/// <summary>Timings as an HTML table, one per row.</summary>
internal static class MeasurementTable
{
    public static string Of(IEnumerable<Timing> timings) =>
        "<table><thead><tr><th style=\"text-align:left\">what</th>" +
        "<th>median</th><th>quartiles</th><th>range</th><th>n</th></tr></thead><tbody>"
        + Html.Concat(timings.Select(Row)) + "</tbody></table>";

    private static Html Row(Timing timing) => Html.Of(
        $"<tr><td style=\"text-align:left\">{timing.Name}</td><td><b>{Quantity.Seconds(timing.Median)}</b></td>" +
        $"<td>{Quantity.Seconds(timing.Seconds.LowerQuartile)} … {Quantity.Seconds(timing.Seconds.UpperQuartile)}</td>" +
        $"<td>{Quantity.Seconds(timing.Seconds.Minimum)} … {Quantity.Seconds(timing.Seconds.Maximum)}</td>" +
        $"<td>{timing.Seconds.Count}</td></tr>");
}
