using System.Globalization;

namespace Course.TakeHome.Contracts;

/// <summary>How checks format numbers, independent of the culture.</summary>
internal static class Show
{
    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>About three digits, for measurements that nobody compares exactly.</summary>
    public static string Rough(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);

    public static string Tokens(IEnumerable<int> tokens) => $"[{string.Join(' ', tokens)}]";

    public static string Numbers(IEnumerable<double> values) => $"[{string.Join(' ', values.Select(Number))}]";
}
