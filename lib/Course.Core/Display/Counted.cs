using System.Globalization;

namespace Course.Core;

/// <summary>Counts of things, with the noun in the right number.</summary>
public static class Counted
{
    /// <summary>Writes "1 opening" for one and "4 openings" for four.</summary>
    public static string Of(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
