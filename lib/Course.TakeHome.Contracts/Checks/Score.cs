namespace Course.TakeHome.Contracts;

/// <summary>
/// Whether tokens that were drawn follow the target, where there are too many texts to walk through. Each token scores the draft's probability of
/// it over the target's: under the target's law one on average, whatever came before, so that the scores less one add up to a martingale. Its
/// deviation, over its standard deviation, is a standard normal number; a text that leans towards the draft, or away from it, is many of these off.
/// </summary>
internal sealed class Score
{
    /// <summary>A ratio counts up to here: one rare token of the target's must not outweigh all others.</summary>
    private const double Most = 4;

    private double sum, variance;

    /// <summary>Tokens that were counted.</summary>
    public int Tokens { get; private set; }

    public double Deviations => variance > 0 ? sum / Math.Sqrt(variance) : 0;

    /// <param name="token">What was emitted.</param>
    /// <param name="p">[V]: the target's distribution there.</param>
    /// <param name="q">[V]: the draft's.</param>
    public void Add(int token, IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        Tokens++;
        double[] scores = [.. p.Zip(q, (target, draft) => target > 0 ? Math.Min(Most, draft / target) : 0)];
        var mean = scores.Zip(p, (score, share) => score * share).Sum();
        sum += (p[token] > 0 ? scores[token] : double.PositiveInfinity) - mean;
        variance += scores.Zip(p, (score, share) => share * (score - mean) * (score - mean)).Sum();
    }
}
