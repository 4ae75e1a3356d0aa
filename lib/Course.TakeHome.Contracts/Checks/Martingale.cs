namespace Course.TakeHome.Contracts;

/// <summary>
/// A sum of terms whose expectation is zero, given everything before. Freedman's inequality (1975) bounds how far it can be off by chance:
/// if every term is at most b and the variances add up to v, the sum reaches t with probability at most exp(−t² / (2(v + bt/3))). This
/// holds for rare tokens, too, whose counts are not normally distributed.
/// </summary>
internal sealed class Martingale
{
    private double variance, largest;

    public double Sum { get; private set; }

    public int Terms { get; private set; }

    /// <summary>The sum in standard deviations, for messages.</summary>
    public double Deviations => variance > 0 ? Sum / Math.Sqrt(variance) : Sum == 0 ? 0 : double.PositiveInfinity;

    /// <summary>Adds the score of a token, less its expectation.</summary>
    /// <param name="scores">[V]: a score for each token.</param>
    /// <param name="p">[V]: the target's distribution.</param>
    /// <param name="token">The token that was emitted.</param>
    public void Add(IReadOnlyList<double> scores, IReadOnlyList<double> p, int token)
    {
        double mean = scores.Zip(p, (score, share) => score * share).Sum(), square = 0, farthest = 0;
        for (var i = 0; i < p.Count; i++)
            if (p[i] > 0)
                (square, farthest) = (
                    square + (p[i] * (scores[i] - mean) * (scores[i] - mean)), Math.Max(farthest, Math.Abs(scores[i] - mean)));
        // A token of probability 0 was emitted: no chance explains that.
        Add(p[token] > 0 ? scores[token] - mean : double.PositiveInfinity, square, farthest);
    }

    /// <summary>Adds an event that happened or did not, less its probability.</summary>
    /// <param name="probability">The event's probability under the target's distribution.</param>
    /// <param name="happened">Whether it happened.</param>
    public void Add(double probability, bool happened) =>
        Add((happened ? 1 : 0) - probability, probability * (1 - probability), Math.Max(probability, 1 - probability));

    private void Add(double term, double square, double farthest)
    {
        Terms++;
        Sum += term;
        variance += square;
        largest = Math.Max(largest, farthest);
    }

    /// <summary>Whether the sum is farther from zero than chance can explain.</summary>
    /// <param name="looks">How many sums are tested: the more there are, the farther one of them is off by chance.</param>
    public bool IsOff(int looks) => Math.Abs(Sum) > Farthest(looks, variance, largest);

    /// <summary>The bound that one of <paramref name="looks"/> sums exceeds by chance at most once in a hundred million cases.</summary>
    public static double Farthest(int looks, double variance, double largest)
    {
        var limit = (Tolerances.Deviations * Tolerances.Deviations / 2) + Math.Log(looks);
        var rare = limit * largest / 3;
        return rare + Math.Sqrt((rare * rare) + (2 * limit * variance));
    }
}
