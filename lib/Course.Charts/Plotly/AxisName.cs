using System.Text.RegularExpressions;

namespace Course.Charts.Plotly;

/// <summary>
/// Plotly has two names for an axis: <c>x2</c> in a trace that refers to it, <c>xaxis2</c> in the layout or scene that defines it.
/// </summary>
internal static partial class AxisName
{
    public static bool Matches(string layoutKey) => LayoutKey().IsMatch(layoutKey);

    public static string InLayout(string reference) => $"{reference[0]}axis{reference[1..]}";

    [GeneratedRegex("^[xyz]axis[0-9]*$")]
    private static partial Regex LayoutKey();
}
