using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class SpeedupEstimate : ISpeedupEstimate
{
    public double Acceptance(IReadOnlyList<MeasuredRound> rounds)
    {
        // The first rejected token of a round was verified, too; the tokens after it were not.
        int judged = rounds.Sum(round => Math.Min(round.Accepted + 1, round.Guesses));
        return judged == 0 ? 0 : (double)rounds.Sum(round => round.Accepted) / judged;
    }

    public double TokensPerRound(double acceptance, int draftLength) =>
        Enumerable.Range(0, draftLength + 1).Sum(accepted => Math.Pow(acceptance, accepted));

    public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) =>
        TokensPerRound(acceptance, draftLength) / (draftLength * draftCost + verificationCost(draftLength + 1));

    public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) =>
        Enumerable.Range(0, most + 1).MaxBy(gamma => Speedup(acceptance, draftCost, verificationCost, gamma));
}
