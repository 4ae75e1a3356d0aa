using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class BatchPressure : IBatchPressure
{
    public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) =>
        throw new NotImplementedException("Exercise pressure: the time of one call.");

    public double Speedup(PressureCase @case, int rows) =>
        throw new NotImplementedException("Exercise pressure: the speed-up for a batch.");

    public int Crossover(PressureCase @case, int most) =>
        throw new NotImplementedException("Exercise pressure: the batch size from which speculation gains nothing.");

    public LineChart Chart(PressureCase @case) =>
        throw new NotImplementedException("Exercise pressure: one chart.");
}
