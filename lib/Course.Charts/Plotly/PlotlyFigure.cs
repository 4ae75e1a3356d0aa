using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Charts.Plotly;

/// <summary>A Plotly figure as JSON in one normal form: titles are objects, and the template is the course's own.</summary>
internal sealed record PlotlyFigure(IReadOnlyList<JsonObject> Traces, JsonObject Layout)
{
    // The size that Plotly.NET writes by default; a fixed square would not fit a notebook's column.
    private const int DefaultSize = 600;

    public static PlotlyFigure Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject figure && figure["data"] is JsonArray data
                ? Create(data, figure["layout"] as JsonObject)
                : throw new CourseException("Not a Plotly figure: expected an object with an array \"data\".");
        }
        catch (JsonException error)
        {
            throw new CourseException($"Not a Plotly figure: it is not JSON ({error.Message}).", error);
        }
    }

    /// <summary>Takes ownership of both arguments and changes the layout.</summary>
    public static PlotlyFigure Create(IEnumerable<JsonNode?> data, JsonObject? layout) => new(
        [.. data.Select(trace => trace as JsonObject ?? throw new CourseException("Not a Plotly figure: every trace must be an object."))],
        InHouseStyle(layout ?? []));

    public PlotlyFigure Titled(string title, string below)
    {
        var layout = (JsonObject)Layout.DeepClone();
        var smaller = below.Length > 0 ? $"<br><sup>{PlainText.Escape(below)}</sup>" : "";
        layout["title"] = new JsonObject { ["text"] = PlainText.Escape(title) + smaller };
        return this with { Layout = layout };
    }

    public string ToJson()
    {
        var traces = string.Join(',', Traces.Select(trace => trace.ToJsonString()));
        return $$"""{"data":[{{traces}}],"layout":{{Layout.ToJsonString()}}}""";
    }

    private static JsonObject InHouseStyle(JsonObject layout)
    {
        layout["template"] = HouseStyle.Template();
        foreach (var size in (string[])["width", "height"])
            if (layout[size] is JsonValue value && value.TryGetValue(out double pixels) && pixels == DefaultSize)
                layout.Remove(size);
        layout["height"] ??= HouseStyle.Height;
        TitleAsObject(layout);
        foreach (var axis in Axes(layout).Concat(Scenes(layout).SelectMany(Axes)))
        {
            TitleAsObject(axis);
            if (axis.Text("type") == "log")
                axis["dtick"] ??= "D2"; // label only 1, 2 and 5 of every decade
        }
        return layout;
    }

    private static IEnumerable<JsonObject> Scenes(JsonObject layout) =>
        layout.Where(pair => pair.Key.StartsWith("scene", StringComparison.Ordinal)).Select(pair => pair.Value).OfType<JsonObject>();

    private static IEnumerable<JsonObject> Axes(JsonObject owner) =>
        owner.Where(pair => AxisName.Matches(pair.Key)).Select(pair => pair.Value).OfType<JsonObject>();

    // XPlot writes titles as strings, which Plotly.js 3 no longer reads.
    private static void TitleAsObject(JsonObject owner)
    {
        if (owner["title"] is JsonValue title)
            owner["title"] = new JsonObject { ["text"] = title.DeepClone() };
    }
}
