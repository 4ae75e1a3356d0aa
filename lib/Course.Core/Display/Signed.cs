using System.Globalization;

namespace Course.Core;

/// <summary>Differences with their sign.</summary>
public static class Signed
{
    /// <param name="share">1 is 100 %.</param>
    /// <param name="digits">How the figure is written: "0.0" with one decimal.</param>
    /// <remarks>
    /// A format with sections writes "-+0.0" for a loss too small to show, so the figure is written first and its sign
    /// chosen by what is left of it.
    /// </remarks>
    public static string Percent(double share, string digits = "0.0")
    {
        var figure = Math.Abs(100 * share).ToString(digits, CultureInfo.InvariantCulture);
        var sign = figure.All(letter => letter is '0' or '.') ? "" : share < 0 ? "-" : "+";
        return $"{sign}{figure}%";
    }
}
