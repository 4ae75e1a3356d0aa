namespace Course.TakeHome.Contracts;

/// <summary>One round of a speculative run (one speculation step), as a profiler would log it.</summary>
/// <param name="Guesses">Draft tokens of this round: all were drafted, and verified together.</param>
/// <param name="Accepted">How many were accepted. The next one was rejected, unless all were accepted.</param>
public sealed record MeasuredRound(int Guesses, int Accepted);

/// <summary>Exercise "speedup": what speculation gains, from three measured numbers.</summary>
public interface ISpeedupEstimate
{
    /// <summary>The acceptance rate α: the probability that a draft token which is verified is accepted, estimated from a run.</summary>
    double Acceptance(IReadOnlyList<MeasuredRound> rounds);

    /// <summary>The expected number of tokens that a round emits, if draft tokens are accepted independently with probability α.</summary>
    double TokensPerRound(double acceptance, int draftLength);

    /// <summary>The speed-up over plain decoding, which takes one decode step of the target for each token.</summary>
    /// <param name="acceptance">The acceptance rate α, from 0 to 1.</param>
    /// <param name="draftCost">c: the time of a decode step of the draft over that of the target.</param>
    /// <param name="verificationCost">M → V(M)/V(1): the time of one call of the target with M tokens over that with one token.</param>
    /// <param name="draftLength">The draft length γ; 0 is plain decoding.</param>
    double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength);

    /// <summary>The γ from 0 to <paramref name="most"/> with the greatest speed-up; the smallest if several are equal.</summary>
    int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most);
}
