namespace Course.TakeHome.Contracts;

/// <summary>One axis of a chart: its range, its ticks, and the position of a value on it.</summary>
internal sealed record ChartScale(double Least, double Most, IReadOnlyList<double> Ticks, bool Logarithmic)
{
    private const int AboutTicks = 5;

    public static ChartScale Of(IReadOnlyList<double> values, bool logarithmic)
    {
        var (least, most) = (values.Min(), values.Max());
        if (most <= least)
            most = logarithmic ? 10 * least : least + 1;
        return logarithmic ? Logarithm(least, most) : Linear(least, most);
    }

    /// <summary>The position of a value on the axis: 0 at the beginning, 1 at the end.</summary>
    public double Share(double value) => Logarithmic ? Math.Log(value / Least) / Math.Log(Most / Least) : (value - Least) / (Most - Least);

    /// <summary>Steps of 1, 2 or 5 times a power of ten; the range begins and ends at a tick.</summary>
    private static ChartScale Linear(double least, double most)
    {
        var raw = (most - least) / AboutTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * new[] { 1, 2, 5, 10 }.First(factor => factor * power >= raw * (1 - 1e-9));
        var (first, last) = (Math.Floor((least / step) + 1e-9), Math.Ceiling((most / step) - 1e-9));
        double[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(index => (first + index) * step)];
        return new(ticks[0], ticks[^1], ticks, false);
    }

    /// <summary>Ticks at powers of ten, or at powers of two if the range is short.</summary>
    private static ChartScale Logarithm(double least, double most)
    {
        var root = most / least >= 100 ? 10.0 : 2.0;
        double[] ticks =
        [
            .. Enumerable.Range(-30, 61).Select(power => Math.Pow(root, power))
                .Where(tick => tick >= least * (1 - 1e-9) && tick <= most * (1 + 1e-9)),
        ];
        return new(least, most, ticks.Length > 1 ? ticks : [least, most], true);
    }
}
