using System.Globalization;

namespace Course.Core;

/// <summary>Formats differences with an explicit sign.</summary>
public static class Signed
{
    /// <summary>Formats a share as a percentage with its sign; zero has none.</summary>
    /// <param name="share">The share, where 1 means 100 %.</param>
    /// <param name="digits">The numeric format; "0.0" gives one decimal.</param>
    /// <remarks>
    /// A format with sections would write "-+0.0" for a loss that rounds to zero. So the number is formatted first, and the sign depends on
    /// the digits that are left.
    /// </remarks>
    public static string Percent(double share, string digits = "0.0")
    {
        var figure = Math.Abs(100 * share).ToString(digits, CultureInfo.InvariantCulture);
        var sign = figure.All(letter => letter is '0' or '.') ? "" : share < 0 ? "-" : "+";
        return $"{sign}{figure}%";
    }
}
