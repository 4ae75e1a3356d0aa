using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class BatchPressure : IBatchPressure
{
    public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) => Math.Max(
        rows * tokensPerRow * model.FlopsPerToken / machine.FlopsPerSecond,
        (model.WeightBytes + rows * model.CacheBytesPerRow) / machine.BytesPerSecond);

    public double Speedup(PressureCase @case, int rows)
    {
        double tokens = Enumerable.Range(0, @case.DraftLength + 1).Sum(accepted => Math.Pow(@case.Acceptance, accepted));
        double round = @case.DraftLength * CallSeconds(@case.Machine, @case.Draft, rows, 1)
            + CallSeconds(@case.Machine, @case.Target, rows, @case.DraftLength + 1);
        return tokens * CallSeconds(@case.Machine, @case.Target, rows, 1) / round;
    }

    public int Crossover(PressureCase @case, int most) =>
        Enumerable.Range(1, most).FirstOrDefault(rows => Speedup(@case, rows) <= 1, most + 1);

    public LineChart Chart(PressureCase @case)
    {
        IEnumerable<int> batches = Enumerable.Range(0, 13).Select(power => 1 << power);
        return new("Speculation pays for few users at a time", "sequences in the batch, B", "speed-up over plain decoding",
            [new("speed-up", [.. batches.Select(rows => ((double)rows, Speedup(@case, rows)))]),
             new("no gain", [(1, 1), (4096, 1)])], LogarithmicX: true);
    }
}
