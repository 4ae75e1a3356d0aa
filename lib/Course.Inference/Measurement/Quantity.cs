using System.Globalization;

namespace Course.Inference.Measurement;

/// <summary>Writes a quantity with three significant figures and a fitting unit prefix.</summary>
public static class Quantity
{
    private static readonly (double Scale, string Prefix)[] Large = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    private static readonly (double Scale, string Unit)[] Durations = [(60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs")];

    public static string Seconds(double seconds)
    {
        var (scale, unit) = Durations.FirstOrDefault(duration => Math.Abs(seconds) >= duration.Scale, (Scale: 1e-9, Unit: "ns"));
        return $"{Figures(seconds / scale)} {unit}";
    }

    public static string Flops(double flops) => Of(flops, "FLOP");

    public static string Bytes(double bytes) => Of(bytes, "B");

    public static string FlopsPerSecond(double rate) => Of(rate, "FLOP/s");

    public static string BytesPerSecond(double rate) => Of(rate, "B/s");

    public static string Of(double value, string unit)
    {
        var (scale, prefix) = Large.FirstOrDefault(step => Math.Abs(value) >= step.Scale, (Scale: 1, Prefix: ""));
        return $"{Figures(value / scale)} {prefix}{unit}".TrimEnd();
    }

    internal static string Figures(double value) => value == 0 ? "0" : value.ToString(
        Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 0.1 => "0.00", _ => "G3" }, CultureInfo.InvariantCulture);
}
