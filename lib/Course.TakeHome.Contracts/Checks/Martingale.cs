namespace Course.TakeHome.Contracts;

/// <summary>
/// A sum of terms that are zero on average, whatever came before. How far it can be off by chance follows from Freedman's inequality
/// (1975): a sum of terms up to b with variances that add up to v reaches t with probability exp(−t² / (2(v + bt/3))) at most. That holds
/// for rare tokens too, where a count is no normal number.
/// </summary>
internal sealed class Martingale
{
    private double variance, largest;

    public double Sum { get; private set; }

    public int Terms { get; private set; }

    /// <summary>The sum in standard deviations, for a message.</summary>
    public double Deviations => variance > 0 ? Sum / Math.Sqrt(variance) : Sum == 0 ? 0 : double.PositiveInfinity;

    /// <summary>A token that counts as much as its score says.</summary>
    /// <param name="scores">[V].</param>
    /// <param name="law">[V]: how probable each token is under the target's law.</param>
    /// <param name="token">Which came.</param>
    public void Add(IReadOnlyList<double> scores, IReadOnlyList<double> law, int token)
    {
        double mean = scores.Zip(law, (score, share) => score * share).Sum(), square = 0, farthest = 0;
        for (var i = 0; i < law.Count; i++)
            if (law[i] > 0)
                (square, farthest) = (
                    square + (law[i] * (scores[i] - mean) * (scores[i] - mean)), Math.Max(farthest, Math.Abs(scores[i] - mean)));
        Add(law[token] > 0 ? scores[token] - mean : double.PositiveInfinity, square, farthest); // infinite: what cannot come came
    }

    /// <summary>Something that happened or did not.</summary>
    /// <param name="probability">Under the target's law.</param>
    /// <param name="happened">Whether it did.</param>
    public void Add(double probability, bool happened) =>
        Add((happened ? 1 : 0) - probability, probability * (1 - probability), Math.Max(probability, 1 - probability));

    private void Add(double term, double square, double farthest)
    {
        Terms++;
        Sum += term;
        variance += square;
        largest = Math.Max(largest, farthest);
    }

    /// <summary>Whether the sum is farther off than chance is.</summary>
    /// <param name="looks">How many sums are looked at: the more, the farther one of them is off by chance.</param>
    public bool IsOff(int looks) => Math.Abs(Sum) > Farthest(looks, variance, largest);

    /// <summary>So far off is one of <paramref name="looks"/> sums in a hundred million cases at most.</summary>
    public static double Farthest(int looks, double variance, double largest)
    {
        var limit = (Tolerances.Deviations * Tolerances.Deviations / 2) + Math.Log(looks);
        var rare = limit * largest / 3;
        return rare + Math.Sqrt((rare * rare) + (2 * limit * variance));
    }
}
