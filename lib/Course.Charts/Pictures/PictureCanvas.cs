using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>A picture being drawn. The axes of its figure are created when a mark first uses them.</summary>
internal sealed class PictureCanvas(Figure figure, PlotModel model)
{
    private readonly Dictionary<string, OxyPlot.Axes.Axis> axes = [];

    public Figure Figure => figure;

    public PlotModel Model => model;

    public OxyPlot.Axes.Axis Axis(string key)
    {
        if (!axes.TryGetValue(key, out var axis))
        {
            axis = PictureAxis.Create(key, figure.Axes[key]);
            axes.Add(key, axis);
            model.Axes.Add(axis);
        }
        return axis;
    }

    public static OxyColor ColorOf(Mark mark, int index) => CssColor.Read(mark.Color, CssColor.OfSeries(index));

    /// <summary>Adds a series for a mark, on the mark's axes and with its name in the legend.</summary>
    public void Add(XYAxisSeries series, Mark mark)
    {
        series.XAxisKey = Axis(mark.XAxis).Key;
        series.YAxisKey = Axis(mark.YAxis).Key;
        series.Title = mark.Name;
        series.RenderInLegend = mark.InLegend;
        model.Series.Add(series);
    }

    /// <summary>Adds a secondary series of a mark, such as error bars, without a legend entry.</summary>
    public void AddSecondary(XYAxisSeries series, Mark mark) => Add(series, mark with { Name = null, InLegend = false });

    /// <summary>Writes a text beside a point of the chart.</summary>
    public void Write(Label label) =>
        model.Annotations.Add(new OxyPlot.Annotations.TextAnnotation
        {
            Text = label.Text,
            TextPosition = new DataPoint(label.X, label.Y),
            XAxisKey = Axis(label.XAxis).Key,
            YAxisKey = Axis(label.YAxis).Key,
            TextHorizontalAlignment = Across(label.Across),
            TextVerticalAlignment = Along(label.Along),
            TextColor = CssColor.Read(label.Color, CssColor.Ink),
            FontSize = HouseStyle.FontSize - 2,
            StrokeThickness = 0,
            Offset = new ScreenVector(0, label.Along switch { Side.Before => 4, Side.After => -4, _ => 0 }),
        });

    // OxyPlot expects the side of the text that touches the point.
    private static HorizontalAlignment Across(Side side) => side switch
    {
        Side.Before => HorizontalAlignment.Right,
        Side.After => HorizontalAlignment.Left,
        _ => HorizontalAlignment.Center,
    };

    private static VerticalAlignment Along(Side side) => side switch
    {
        Side.Before => VerticalAlignment.Top,
        Side.After => VerticalAlignment.Bottom,
        _ => VerticalAlignment.Middle,
    };
}
