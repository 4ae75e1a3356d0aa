namespace Course.TakeHome.Contracts;

/// <summary>One round of a speculative run, as a profiler would log it.</summary>
/// <param name="Guesses">γ: all of them were drafted, and verified together.</param>
/// <param name="Accepted">How many stand. The one behind them was rejected, unless all stand.</param>
public sealed record MeasuredRound(int Guesses, int Accepted);

/// <summary>Exercise "speedup": what speculation gains, from three measured numbers.</summary>
public interface ISpeedupEstimate
{
    /// <summary>α: the probability that a guess which is judged is accepted, estimated from a run.</summary>
    double Acceptance(IReadOnlyList<MeasuredRound> rounds);

    /// <summary>The expected number of tokens that one round emits, if guesses are accepted independently with probability α.</summary>
    double TokensPerRound(double acceptance, int draftLength);

    /// <summary>How many times faster than plain decoding, which takes one step of the target for each token.</summary>
    /// <param name="acceptance">α, from 0 to 1.</param>
    /// <param name="draftCost">c: the time of a step of the draft over a step of the target.</param>
    /// <param name="verificationCost">M → V(M)/V(1): the time of one call over M tokens over that of one token.</param>
    /// <param name="draftLength">γ; with 0 it is plain decoding.</param>
    double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength);

    /// <summary>The γ from 0 to <paramref name="most"/> with the greatest speed-up; the least of several.</summary>
    int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most);
}
