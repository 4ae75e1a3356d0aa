using Course.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>Draws the roofline of a machine, and the performance that computations reached.</summary>
internal static class RooflineChart
{
    /// <summary>Points have the first symbol until the palette is used up, then the next.</summary>
    private static readonly Symbol[] Symbols = [Symbol.Circle, Symbol.Square, Symbol.Diamond];

    public static Figure Draw(string title, Roofline roofline, Provenance provenance, IReadOnlyList<RooflinePoint> points)
    {
        var from = Math.Min(0.1, points.Select(point => point.Intensity / 2).DefaultIfEmpty(1).Min());
        var to = Math.Max(20 * roofline.Ridge, points.Select(point => point.Intensity * 2).DefaultIfEmpty(1).Max());
        var memory = Roof($"memory: {Quantity.BytesPerSecond(roofline.BytesPerSecond)}",
            [from, roofline.Ridge], [roofline.Attainable(from), roofline.FlopsPerSecond], Stroke.Solid);
        var arithmetic = Roof($"arithmetic: {Quantity.FlopsPerSecond(roofline.FlopsPerSecond)}",
            [roofline.Ridge, to], [roofline.FlopsPerSecond, roofline.FlopsPerSecond], Stroke.Dash);
        return new(title, provenance.ToString(), [memory, arithmetic, .. points.Select(Point)],
            new Axis("arithmetic intensity, FLOP per byte", Scale.Logarithmic), new Axis("FLOP/s", Scale.Logarithmic));
    }

    private static Series Roof(string name, double[] x, double[] y, Stroke stroke) =>
        new(name, x, y) { Color = HouseStyle.Ink, Width = 3, Stroke = stroke, Symbol = Symbol.None };

    private static Series Point(RooflinePoint point, int index) => new(point.Name, [point.Intensity], [point.FlopsPerSecond])
    {
        Color = HouseStyle.ColorOf(index),
        Stroke = Stroke.None,
        Symbol = Symbols[index / HouseStyle.Palette.Count % Symbols.Length],
        SymbolSize = 12,
    };
}
