using System.Text.Json.Nodes;

namespace Course.Charts;

/// <summary>
/// The style of every chart of the course: colours that colour-blind readers can tell apart, text that is legible on white and on black,
/// and a transparent background.
/// </summary>
public static class HouseStyle
{
    public const string Ink = "#6e7681";
    public const string Grid = "rgba(128,128,128,0.28)";
    public const string FontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
    public const int FontSize = 14;
    public const int Width = 760;
    public const int Height = 430;

    /// <summary>The palette of Okabe and Ito (2008) without yellow (too pale on white) and black (invisible on black).</summary>
    public static IReadOnlyList<string> Palette { get; } = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    /// <summary>The palette's colour for the mark at this index; the palette repeats.</summary>
    public static string ColorOf(int index) => Palette[index % Palette.Count];

    /// <summary>The Plotly template with the defaults of every figure.</summary>
    internal static JsonObject Template() => new()
    {
        ["layout"] = new JsonObject
        {
            ["font"] = new JsonObject { ["family"] = FontFamily, ["size"] = FontSize, ["color"] = Ink },
            ["paper_bgcolor"] = "rgba(0,0,0,0)",
            ["plot_bgcolor"] = "rgba(0,0,0,0)",
            ["colorway"] = new JsonArray([.. Palette.Select(color => JsonValue.Create(color))]),
            ["title"] = new JsonObject { ["x"] = 0.02, ["xanchor"] = "left", ["font"] = new JsonObject { ["size"] = 18 } },
            ["margin"] = new JsonObject { ["l"] = 70, ["r"] = 40, ["t"] = 80, ["b"] = 60 },
            ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = -0.25, ["x"] = 0 },
            ["modebar"] = new JsonObject { ["bgcolor"] = "rgba(0,0,0,0)", ["color"] = Ink },
            ["hovermode"] = "closest",
            ["xaxis"] = Axis(),
            ["yaxis"] = Axis(),
        },
        ["data"] = new JsonObject
        {
            ["bar"] = new JsonArray(new JsonObject { ["textposition"] = "outside", ["cliponaxis"] = false }),
            ["heatmap"] = new JsonArray(new JsonObject { ["colorscale"] = "Viridis" }),
        },
    };

    private static JsonObject Axis() => new()
    {
        ["title"] = new JsonObject { ["font"] = new JsonObject { ["size"] = FontSize } },
        ["gridcolor"] = Grid,
        ["linecolor"] = Grid,
        ["zerolinecolor"] = Grid,
        ["showline"] = true,
        ["automargin"] = true,
        ["exponentformat"] = "SI",
        ["minexponent"] = 4,
    };
}
