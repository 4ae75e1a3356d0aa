using Course.Charts.Plotly;

namespace Course.Charts.Foreign;

/// <summary>
/// Reads the common part of another library's Plotly figure into our marks and axes, for its still picture: scatter, bar, histogram, box,
/// heatmap and pie traces, three-dimensional scenes seen from above, linear, logarithmic and category axes, titles, legend and
/// annotations. Traces of other types are listed in the figure's notes. The interactive chart stays as its library wrote it.
/// </summary>
internal static class PlotlyReader
{
    public static Figure Read(PlotlyFigure source)
    {
        var still = StillTraces.Of(source);
        var axes = new AxisReader(still);
        var marks = new List<Mark>();
        var labels = new List<Label>();
        var notes = new List<string>();
        foreach (var (index, trace) in still.Traces.Index())
        {
            if (TraceReader.TryRead(still, axes, trace, index) is { } mark)
                marks.Add(mark);
            else
                notes.Add($"(only Plotly draws the {trace.Text("type")} trace)");
            labels.AddRange(LabelReader.OfTrace(axes, trace));
        }
        if (source.Traces.Any(StillTraces.IsScene))
            notes.Add("(seen from above; colour shows z)");
        labels.AddRange(LabelReader.OfLayout(axes, still.Layout));
        var title = PlainText.Lines(source.Layout.Text("title", "text"));
        return new(title is [var first, ..] ? first : "", string.Join('\n', title.Skip(1)), marks, axes.All)
        {
            Source = source,
            Notes = notes,
            Labels = labels,
            Stacked = still.Layout.Text("barmode") is "stack" or "relative",
            HasLegend = still.Layout.Flag("showlegend"),
            Width = still.Layout.Number("width") ?? HouseStyle.Width,
            Height = still.Layout.Number("height") ?? HouseStyle.Height,
        };
    }
}
