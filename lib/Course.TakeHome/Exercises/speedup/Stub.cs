using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class SpeedupEstimate : ISpeedupEstimate
{
    public double Acceptance(IReadOnlyList<MeasuredRound> rounds) =>
        throw new NotImplementedException("Exercise speedup: α from a measured run.");

    public double TokensPerRound(double acceptance, int draftLength) =>
        throw new NotImplementedException("Exercise speedup: the expected number of tokens of a round.");

    public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) =>
        throw new NotImplementedException("Exercise speedup: the expected speed-up.");

    public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) =>
        throw new NotImplementedException("Exercise speedup: the best γ.");
}
