using System.Diagnostics.CodeAnalysis;
using Course.Inference.Charts;

namespace Course.Kernel.Formatting;

/// <summary>Chart types of other libraries, shown as the course's figures: interactive, and a picture where no script runs.</summary>
internal static class KnownCharts
{
    private static readonly HashSet<string> TypeNames = ["Plotly.NET.GenericChart", "XPlot.Plotly.PlotlyChart"];

    /// <summary>Looks at the name first: asking for a conversion loads both libraries.</summary>
    public static bool TryConvert(object value, [NotNullWhen(true)] out Figure? figure)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName is { } name && TypeNames.Contains(name.Split('+')[0]) && Figure.TryFrom(value, out figure))
                return true;
        }
        figure = null;
        return false;
    }
}
