using OxyPlot;
using OxyPlot.Series;

namespace Course.Charts.Pictures;

/// <summary>Draws three-dimensional points as seen from above.</summary>
internal static class PointCloudDrawing
{
    public static void Draw(PictureCanvas canvas, PointCloud cloud, OxyColor color, int index)
    {
        var scale = ColorScale.Create(index, isDrawn: true, cloud.ZTitle);
        canvas.Model.Axes.Add(scale);
        if (cloud.Joined)
        {
            var path = new LineSeries { Color = OxyColor.FromAColor(150, color), StrokeThickness = 1.5 };
            path.Points.AddRange(cloud.X.Zip(cloud.Y, (x, y) => new DataPoint(x, y)));
            canvas.AddSecondary(path, cloud);
        }
        var points = new ScatterSeries { ColorAxisKey = scale.Key, MarkerType = MarkerType.Circle, MarkerSize = cloud.SymbolSize / 2 };
        foreach (var (x, y, z) in cloud.X.Zip(cloud.Y, cloud.Z))
            points.Points.Add(new(x, y, value: z));
        canvas.Add(points, cloud);
    }
}
