namespace Course.TakeHome.Contracts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">In order of X.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart of lines. The horizontal axis is logarithmic where <paramref name="LogarithmicX"/> says so.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XTitle">With unit.</param>
/// <param name="YTitle">With unit.</param>
/// <param name="Lines">At least one.</param>
/// <param name="LogarithmicX">Whether X is drawn on a logarithmic scale.</param>
public sealed record LineChart(string Title, string XTitle, string YTitle, IReadOnlyList<ChartLine> Lines, bool LogarithmicX = false);
