using System.Globalization;
using System.Text.Json.Nodes;

namespace Course.Inference.Charts;

/// <summary>A figure in words: its title, and of every series the name and the range it spans.</summary>
internal static class FigureSummary
{
    public static string Of(PlotlyFigure figure)
    {
        var title = PlainText.Lines(figure.Layout.Text("title", "text"));
        return string.Join('\n', [title.Length > 0 ? string.Join(" — ", title) : "Chart", .. figure.Traces.Select(Describe)]);
    }

    private static string Describe(JsonObject trace, int index)
    {
        var name = PlainText.Of(trace.Text("name"));
        var ranges = ((string[])["x", "y", "z"]).Select(axis => (axis, range: Range(trace, axis))).Where(pair => pair.range is not null);
        return $"  {(name.Length > 0 ? name : $"series {index + 1}")} ({trace.Text("type") ?? "scatter"}): {string.Join(", ", ranges.Select(pair => $"{pair.axis} {pair.range}"))}";
    }

    private static string? Range(JsonObject trace, string axis)
    {
        var numbers = trace.Numbers(axis).Where(double.IsFinite).ToArray();
        if (numbers.Length > 0)
            return string.Create(CultureInfo.InvariantCulture, $"{numbers.Min():G4} … {numbers.Max():G4}");
        return axis != "z" && trace.Texts(axis) is { Length: > 0 } texts ? string.Join(" | ", texts.Take(6)) : null;
    }
}
