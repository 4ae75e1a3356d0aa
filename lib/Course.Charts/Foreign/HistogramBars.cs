using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>
/// Turns a histogram trace into a bar trace: it counts samples in the trace's own bins or, by default, in bins of a round width whose
/// number follows Sturges' rule. Source: Plotly's reference, traces of type histogram.
/// </summary>
internal static class HistogramBars
{
    private readonly record struct Bins(double Start, double Size, int Count)
    {
        public double Middle(int bin) => Start + ((bin + 0.5) * Size);

        public int Of(double value) => (int)Math.Floor((value - Start) / Size);
    }

    private const int MaximumBins = 10_000;

    public static JsonObject Of(JsonObject trace)
    {
        var along = trace["x"] is JsonArray ? "x" : "y";
        var bars = (JsonObject)trace.DeepClone();
        bars["type"] = "bar";
        bars["orientation"] = along == "x" ? "v" : "h";
        var samples = trace[along] as JsonArray ?? [];
        var (places, counts) = samples.AreNumbers() ? Numbers(trace, along) : Names(trace.Texts(along));
        bars[along] = new JsonArray([.. places]);
        var heights = Scaled(counts, trace.Text("histnorm"), Width(places));
        bars[along == "x" ? "y" : "x"] = new JsonArray([.. heights.Select(height => JsonValue.Create(height))]);
        return bars;
    }

    private static (JsonValue[] Positions, double[] Counts) Names(string[] samples)
    {
        var groups = samples.GroupBy(sample => sample).ToArray();
        return ([.. groups.Select(group => JsonValue.Create(group.Key))], [.. groups.Select(group => (double)group.Count())]);
    }

    private static (JsonValue[] Positions, double[] Counts) Numbers(JsonObject trace, string along)
    {
        var samples = trace.Numbers(along).Where(double.IsFinite).ToArray();
        if (samples.Length == 0)
            return ([], []);
        var bins = Choose(samples, trace, along);
        var counts = new double[bins.Count];
        foreach (var bin in samples.Select(bins.Of).Where(bin => bin >= 0 && bin < bins.Count))
            counts[bin]++;
        return ([.. Enumerable.Range(0, bins.Count).Select(bin => JsonValue.Create(bins.Middle(bin)))], counts);
    }

    private static Bins Choose(double[] samples, JsonObject trace, string along)
    {
        var (least, most) = (samples.Min(), samples.Max());
        var asked = $"{along}bins";
        var wanted = trace.Number($"nbins{along}") is >= 1 and var count ? count : Math.Ceiling(Math.Log2(samples.Length)) + 1;
        var size = trace.Number(asked, "size") is > 0 and var given ? given : Round((most - least) / wanted);
        var start = trace.Number(asked, "start") ?? Math.Floor(least / size) * size;
        var end = trace.Number(asked, "end") ?? most;
        var bins = Math.Clamp(Math.Floor((end - start) / size) + 1, 1, MaximumBins);
        return new(start, size, (int)bins);
    }

    // Rounds up to 1, 2 or 5 times a power of ten.
    private static double Round(double size)
    {
        if (!(size > 0))
            return 1; // all samples are the same
        var decade = Math.Pow(10, Math.Floor(Math.Log10(size)));
        return decade * (size / decade) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static double Width(JsonValue[] places) =>
        places.Length > 1 && places[0].TryGetValue(out double first) && places[1].TryGetValue(out double second) ? second - first : 1;

    private static double[] Scaled(double[] counts, string? norm, double width)
    {
        var all = counts.Sum();
        double Scale(double count) => norm switch
        {
            "percent" => 100 * count / all,
            "probability" => count / all,
            "density" => count / width,
            "probability density" => count / all / width,
            _ => count,
        };
        return [.. counts.Select(Scale)];
    }
}
