using System.Text.Json.Nodes;
using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>Reads the axes of another library's figure on first use, and finds the positions of values on them.</summary>
internal sealed class AxisReader
{
    private readonly PlotlyFigure figure;
    private readonly Dictionary<string, Axis> axes = [];

    public AxisReader(PlotlyFigure figure)
    {
        this.figure = figure;
        Of("x");
        Of("y");
    }

    public IReadOnlyDictionary<string, Axis> All => axes;

    /// <summary>The key of the axis that a trace's <c>x</c> or <c>y</c> values lie on.</summary>
    public static string Key(JsonObject trace, string letter) => trace.Text($"{letter}axis") ?? letter;

    public Axis Of(string key)
    {
        if (!axes.TryGetValue(key, out var axis))
            axes.Add(key, axis = Read(key, figure.Layout[AxisName.InLayout(key)] as JsonObject ?? []));
        return axis;
    }

    /// <summary>
    /// The positions of a trace's values on their axis: the numbers themselves, or the indices of names. Without values: 0, 1, 2 …
    /// </summary>
    public double[] Positions(JsonObject trace, string letter, int count)
    {
        if (trace[letter] is not JsonArray)
            return [.. Enumerable.Range(0, count).Select(i => (double)i)];
        var axis = Of(Key(trace, letter));
        return axis.Names is null
            ? trace.Numbers(letter)
            : [.. trace.Texts(letter).Select(text => axis.IndexOf(PlainText.Of(text)) ?? double.NaN)];
    }

    private Axis Read(string key, JsonObject layout)
    {
        var isLogarithmic = layout.Text("type") == "log";
        return new(PlainText.Of(layout.Text("title", "text")), isLogarithmic ? Scale.Logarithmic : Scale.Linear)
        {
            Names = Names(key),
            Range = layout.Numbers("range") is [var from, var to] && double.IsFinite(from + to) ? Range(from, to, isLogarithmic) : null,
            Reversed = layout.Text("autorange") == "reversed",
            Opposite = layout.Text("side") is "right" or "top",
            HasGrid = layout.Flag("showgrid"),
            BeginsAtZero = layout.Text("rangemode") == "tozero",
            Domain = layout.Numbers("domain") is [var start, var end] ? (start, end) : null,
        };
    }

    // Plotly writes the range of a logarithmic axis as exponents.
    private static (double Low, double High) Range(double from, double to, bool isLogarithmic)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        return isLogarithmic ? (Math.Pow(10, low), Math.Pow(10, high)) : (low, high);
    }

    // A box without x is drawn at its own name. Other traces are positioned by name if their values are strings.
    private string[]? Names(string key)
    {
        var letter = key[..1];
        var traces = figure.Traces.Where(trace => Key(trace, letter) == key).ToArray();
        var boxes = traces.Where(trace => trace.Text("type") == "box" && trace[letter] is null).ToArray();
        if (letter == "x" && boxes.Length > 0)
            return [.. boxes.Select(box => PlainText.Of(box.Text("name"))).Distinct()];
        var asked = (figure.Layout[AxisName.InLayout(key)] as JsonObject)?.Text("type");
        var values = traces.Select(trace => trace[letter]).OfType<JsonArray>().ToArray();
        return asked == "category" || (asked is null or "-" && values.Any(array => !array.AreNumbers()))
            ? [.. traces.SelectMany(trace => trace.Texts(letter)).Select(PlainText.Of).Distinct()]
            : null;
    }
}
