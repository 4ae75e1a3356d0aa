using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner.Answering;

/// <summary>Exercise "pressure" over the wire.</summary>
public static class PressureCases
{
    private const int MostLines = 50, MostPoints = 20_000;

    public static MessageWriter Write(MessageWriter message, MachinePeaks machine) =>
        message.Double(machine.FlopsPerSecond).Double(machine.BytesPerSecond);

    public static MessageWriter Write(MessageWriter message, ModelNeeds model) =>
        message.Double(model.WeightBytes).Double(model.FlopsPerToken).Double(model.CacheBytesPerRow);

    public static MessageWriter Write(MessageWriter message, PressureCase @case) =>
        Write(Write(Write(message, @case.Machine), @case.Target), @case.Draft).Double(@case.Acceptance).Int(@case.DraftLength);

    internal static MachinePeaks Machine(MessageReader message) => new(message.Double(), message.Double());

    internal static ModelNeeds Needs(MessageReader message) => new(message.Double(), message.Double(), message.Double());

    internal static PressureCase Read(MessageReader message) =>
        new(Machine(message), Needs(message), Needs(message), message.Double(), message.Int());

    internal static MessageWriter Chart(IBatchPressure answer, MessageReader question)
    {
        var chart = answer.Chart(Read(question)) ?? throw AnswerHost.Null("Chart");
        var message = new MessageWriter().Text(chart.Title ?? "").Text(chart.XTitle ?? "").Text(chart.YTitle ?? "")
            .Bool(chart.LogarithmicX);
        ChartLine[] lines = [.. chart.Lines ?? throw AnswerHost.Null("The chart's list of lines")];
        return message.List(lines, line =>
        {
            (double X, double Y)[] points = [.. line?.Points ?? throw AnswerHost.Null("A line's list of points")];
            message.Text(line.Name ?? "").List(points, point => message.Double(point.X).Double(point.Y));
        });
    }

    public static LineChart Chart(MessageReader message)
    {
        var (title, x, y, logarithmic) = (message.Text(), message.Text(), message.Text(), message.Bool());
        return new(title, x, y, message.List(Line, 8, MostLines), logarithmic);

        ChartLine Line() => new(message.Text(), message.List(() => (message.Double(), message.Double()), 16, MostPoints));
    }
}
