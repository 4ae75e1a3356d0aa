namespace Course.Training.Runs;

/// <summary>One measurement in the history of a run.</summary>
/// <param name="Step">The number of optimiser steps done.</param>
/// <param name="TrainingLoss">The mean training loss since the previous measurement, in nats per token.</param>
/// <param name="HeldOutLoss">The held-out loss, in nats per token.</param>
/// <param name="Seconds">The training time so far, without interruptions.</param>
public sealed record HistoryPoint(int Step, double TrainingLoss, double HeldOutLoss, double Seconds);

/// <summary>
/// The state of a run besides its tensors. Data order and dropout are not part of it, because they follow from seed and step.
/// </summary>
public sealed record RunState(int Step, double Seconds, IReadOnlyList<HistoryPoint> History)
{
    public static readonly RunState Start = new(0, 0, []);

    public HistoryPoint? Best => History.MinBy(point => point.HeldOutLoss);

    /// <summary>The number of measurements since the best one.</summary>
    public int SinceBest => Best is { } best ? History.Count(point => point.Step > best.Step) : 0;
}
