using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Inference.Charts;

/// <summary>A Plotly figure as JSON, brought to one form: titles are objects, the template is the house's.</summary>
internal sealed record PlotlyFigure(IReadOnlyList<JsonObject> Traces, JsonObject Layout)
{
    // What Plotly.NET writes when its user says nothing; a fixed square would not fit a notebook's column.
    private const int UnaskedSize = 600;

    public string Title => PlainText.Lines(Layout.Text("title", "text")) is [var first, ..] ? first : "";

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

    public static PlotlyFigure Create(JsonArray data, JsonObject? layout)
    {
        var traces = data.Select(trace => trace as JsonObject ?? throw new CourseException("Not a Plotly figure: every trace must be an object."));
        return new([.. traces.Select(trace => (JsonObject)trace.DeepClone())], InHouseStyle((JsonObject?)layout?.DeepClone() ?? []));
    }

    public PlotlyFigure Titled(string title, string below)
    {
        var layout = (JsonObject)Layout.DeepClone();
        layout["title"] = new JsonObject { ["text"] = $"{PlainText.Escape(title)}<br><sup>{PlainText.Escape(below)}</sup>" };
        return this with { Layout = layout };
    }

    public string ToJson() => new JsonObject
    {
        ["data"] = new JsonArray([.. Traces.Select(trace => trace.DeepClone())]),
        ["layout"] = Layout.DeepClone(),
    }.ToJsonString();

    private static JsonObject InHouseStyle(JsonObject layout)
    {
        layout["template"] = HouseStyle.Template();
        foreach (var size in (string[])["width", "height"])
            if (layout[size] is JsonValue value && value.TryGetValue(out double pixels) && pixels == UnaskedSize)
                layout.Remove(size);
        layout["height"] ??= HouseStyle.Height;
        TitleAsObject(layout);
        foreach (var axis in Axes(layout).Concat(Scenes(layout).SelectMany(Axes)))
        {
            TitleAsObject(axis);
            if (axis.Text("type") == "log")
                axis["dtick"] ??= "D2"; // label 1, 2 and 5 of every decade, not all nine
        }
        return layout;
    }

    private static IEnumerable<JsonObject> Scenes(JsonObject layout) =>
        layout.Where(pair => pair.Key.StartsWith("scene", StringComparison.Ordinal)).Select(pair => pair.Value).OfType<JsonObject>();

    private static IEnumerable<JsonObject> Axes(JsonObject owner) =>
        owner.Where(pair => AxisName.Matches(pair.Key)).Select(pair => pair.Value).OfType<JsonObject>();

    // XPlot writes a title as a string, which Plotly.js 3 no longer reads.
    private static void TitleAsObject(JsonObject owner)
    {
        if (owner["title"] is JsonValue title)
            owner["title"] = new JsonObject { ["text"] = title.DeepClone() };
    }
}
