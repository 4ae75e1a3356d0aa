namespace Course.Training.Runs;

/// <summary>One line of a run's history.</summary>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="TrainingLoss">Mean over the steps since the line before, nats per token.</param>
/// <param name="HeldOutLoss">Nats per token.</param>
/// <param name="Seconds">Time spent so far, interruptions not counted.</param>
public sealed record HistoryPoint(int Step, double TrainingLoss, double HeldOutLoss, double Seconds);

/// <summary>What a run knows besides its tensors. Data order and dropout need no place here: they follow from seed and step.</summary>
public sealed record RunState(int Step, double Seconds, IReadOnlyList<HistoryPoint> History)
{
    public static readonly RunState Start = new(0, 0, []);

    public HistoryPoint? Best => History.MinBy(point => point.HeldOutLoss);

    /// <summary>How many measurements ago the best one was.</summary>
    public int SinceBest => Best is { } best ? History.Count(point => point.Step > best.Step) : 0;
}
