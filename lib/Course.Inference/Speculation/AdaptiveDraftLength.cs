using Course.Inference.Decoding.Drafts;

namespace Course.Inference.Speculation;

/// <summary>
/// Chooses the γ that <see cref="SpeedupLaw"/> predicts to be fastest, from costs measured beforehand and the acceptance seen so far. When
/// no draft pays, because it misses too often or because the batch already fills the machine, it drafts nothing: it switches itself off.
/// It goes by counts alone and not by the clock, so a seed still gives the same text.
/// </summary>
/// <param name="costs">Measured times of both models.</param>
/// <param name="most">The largest γ.</param>
/// <param name="prior">α as long as nothing is known; it weighs as much as <paramref name="priorTokens"/> judged tokens.</param>
/// <param name="priorTokens">How slowly evidence overrules the prior.</param>
/// <param name="memory">How many judged tokens the estimate looks back over: text changes, and with it α.</param>
public sealed class AdaptiveDraftLength(IRoundCosts costs, int most = 16, double prior = 0.7, double priorTokens = 8, double memory = 200) : IDraftLength
{
    /// <summary>
    /// Rounds after which it drafts one token all the same, or an acceptance that has become better would never be seen; twice as many
    /// after each look in vain, because a draft that is looked at must first read all that it has missed.
    /// </summary>
    private const int LookAgain = 32;

    /// <summary>
    /// What switching on must promise. Switched off at no gain and on at this much, it does not flutter between the two, each time at the
    /// price of reading up.
    /// </summary>
    private const double Promise = 1.03;

    /// <summary>A change of α that makes it think again.</summary>
    private const double Noticed = 0.01;

    private double judged = priorTokens, accepted = prior * priorTokens;
    private int idle, patience = LookAgain;
    private (int Rows, double Acceptance, int Length) chosen;

    /// <summary>α as estimated now.</summary>
    public double Acceptance => accepted / judged;

    public int Next(int rows)
    {
        if (chosen.Rows != rows || Math.Abs(chosen.Acceptance - Acceptance) > Noticed)
            chosen = (rows, Acceptance, Best(rows, Acceptance));
        if (chosen.Length > 0)
            (idle, patience) = (0, LookAgain);
        else if (++idle == patience)
            return LookAgainNow(rows);
        return chosen.Length;
    }

    public void Observe(int judged, int accepted)
    {
        var kept = Math.Max(0, 1 - (judged / memory));
        this.judged = (this.judged * kept) + judged;
        this.accepted = (this.accepted * kept) + accepted;
    }

    private int Best(int rows, double acceptance)
    {
        var law = costs.Law(acceptance, rows);
        var best = law.BestDraftLength(most);
        return chosen.Length > 0 || law.Speedup(best) >= Promise ? best : 0;
    }

    /// <summary>Where the batch is what makes it a loss, at the acceptance that is usual, there is nothing to look for.</summary>
    private int LookAgainNow(int rows)
    {
        idle = 0;
        if (Best(rows, prior) == 0)
            return 0;
        patience *= 2;
        return 1;
    }
}
