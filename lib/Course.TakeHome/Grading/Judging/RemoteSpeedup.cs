using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Judging;

/// <summary>An answer to "speedup" in the candidate's process.</summary>
internal sealed class RemoteSpeedup(JudgeSide judge, int handle) : ISpeedupEstimate
{
    public double Acceptance(IReadOnlyList<MeasuredRound> rounds) =>
        Number(judge.Ask(Verb.Acceptance,
            question => question.Int(handle).List(rounds, round => question.Int(round.Guesses).Int(round.Accepted))));

    public double TokensPerRound(double acceptance, int draftLength) =>
        Number(judge.Ask(Verb.TokensPerRound, question => question.Int(handle).Double(acceptance).Int(draftLength)));

    public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) =>
        Number(judge.Ask(Verb.Speedup, verificationCost,
            question => question.Int(handle).Double(acceptance).Double(draftCost).Int(draftLength)));

    public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most)
    {
        var answer = judge.Ask(Verb.BestDraftLength, verificationCost,
            question => question.Int(handle).Double(acceptance).Double(draftCost).Int(most));
        var best = answer.Int();
        answer.End();
        return best;
    }

    private static double Number(MessageReader answer)
    {
        var number = answer.Double();
        answer.End();
        return number;
    }
}
