using Course.Charts;
using Course.Training.Runs;

namespace Course.Training.Pairs;

/// <summary>
/// The training loss and the held-out loss over a run. Where the two diverge, the model begins to memorise.
/// </summary>
public static class LossChart
{
    public static Figure Of(string title, IReadOnlyList<HistoryPoint> history, long tokensPerStep)
    {
        Series Line(string name, Func<HistoryPoint, double> loss) => new(
            name,
            [.. history.Select(point => point.Step * tokensPerStep / 1e6)],
            [.. history.Select(loss)]);
        return new(
            title,
            "",
            [Line("training", point => point.TrainingLoss), Line("held out", point => point.HeldOutLoss)],
            new Axis("trained tokens, millions"),
            new Axis("nats per token"));
    }
}
