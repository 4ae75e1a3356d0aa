namespace Course.Inference.Speculation;

/// <summary>
/// Chooses the γ that <see cref="SpeedupLaw"/> predicts to be fastest, from costs measured beforehand and the acceptance seen so far. When no draft pays,
/// because it misses too often or because the batch already fills the machine, it drafts nothing: it switches itself off, and looks again now and then.
/// It goes by counts alone and not by the clock, so a seed still gives the same text.
/// </summary>
/// <param name="costs">Measured times of both models.</param>
/// <param name="most">The largest γ.</param>
/// <param name="prior">α as long as nothing is known; it weighs as much as <paramref name="priorTokens"/> judged tokens.</param>
/// <param name="priorTokens">How slowly evidence overrules the prior.</param>
/// <param name="memory">How many judged tokens the estimate looks back over: text changes, and with it α.</param>
public sealed class AdaptiveDraftLength(SpeculationCosts costs, int most = 16, double prior = 0.7, double priorTokens = 8, double memory = 200) : IDraftLength
{
    /// <summary>One in so many rounds drafts one token all the same, or an acceptance that has become better would never be seen.</summary>
    private const int LookAgain = 32;

    private double judged = priorTokens, accepted = prior * priorTokens;
    private int idle;

    /// <summary>α as estimated now.</summary>
    public double Acceptance => accepted / judged;

    public int Next(int rows)
    {
        var best = costs.Law(Acceptance, rows).BestDraftLength(most);
        idle = best > 0 ? 0 : idle + 1;
        return idle == LookAgain ? 1 + (idle = 0) : best;
    }

    public void Observe(int judged, int accepted)
    {
        var kept = Math.Max(0, 1 - (judged / memory));
        this.judged = (this.judged * kept) + judged;
        this.accepted = (this.accepted * kept) + accepted;
    }
}
