using System.Globalization;

namespace Course.Charts;

/// <summary>A figure as text: its title, then the name and the range of every mark.</summary>
internal static class FigureSummary
{
    private const int MaximumNames = 6;

    public static string Of(Figure figure)
    {
        string[] title = [.. ((string[])[figure.Title, figure.Origin, .. figure.Notes]).Where(line => line.Length > 0)];
        var first = title.Length > 0 ? string.Join(" — ", title) : "Chart";
        return string.Join('\n', [first, .. figure.Marks.Select((mark, i) => Describe(figure, mark, i))]);
    }

    private static string Describe(Figure figure, Mark mark, int index)
    {
        var (x, y, z) = Values(mark);
        string?[] ranges = [Range("x", x, figure.Axes[mark.XAxis]), Range("y", y, figure.Axes[mark.YAxis]), Range("z", z, new())];
        var name = string.IsNullOrEmpty(mark.Name) ? $"series {index + 1}" : mark.Name;
        return $"  {name} ({mark.Kind}): {string.Join(", ", ranges.OfType<string>())}";
    }

    private static (IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Z) Values(Mark mark) => mark switch
    {
        Series line => (line.X, line.Y, []),
        Bars bars => bars.Horizontal ? (bars.Values, bars.Positions, []) : (bars.Positions, bars.Values, []),
        Box box => ([], box.Values, []),
        Heatmap cells => (cells.X ?? [], cells.Y ?? [], []),
        PointCloud cloud => (cloud.X, cloud.Y, cloud.Z),
        _ => ([], [], []),
    };

    private static string? Range(string letter, IReadOnlyList<double> values, Axis axis)
    {
        var numbers = values.Where(double.IsFinite).ToArray();
        if (numbers.Length == 0)
            return null;
        return axis.Names is { } names
            ? $"{letter} {string.Join(" | ", numbers.Take(MaximumNames).Select(place => names.ElementAtOrDefault((int)place)))}"
            : string.Create(CultureInfo.InvariantCulture, $"{letter} {numbers.Min():G4} … {numbers.Max():G4}");
    }
}
