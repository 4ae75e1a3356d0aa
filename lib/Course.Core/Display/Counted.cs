using System.Globalization;

namespace Course.Core;

/// <summary>Numbers of things in words.</summary>
public static class Counted
{
    /// <summary>"1 opening", "4 openings".</summary>
    public static string Of(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
