namespace Course.Inference.Measurement;

/// <summary>The result of a comparison.</summary>
public enum Verdict
{
    /// <summary>The difference is within the noise, or there are too few pairs to tell.</summary>
    NoDifference,
    FirstIsFaster,
    SecondIsFaster,
}

/// <summary>
/// Two timings taken alternately, judged by the ratios B/A of their pairs. The confidence interval of the median ratio is that of the sign
/// test: from the k-th smallest to the k-th largest ratio, with the largest k that still covers at least 95 %, whatever the distribution
/// of the noise. There is a difference if the interval lies wholly outside 1 ± 2 %; the order of the calls and the layout of the code can
/// cause smaller ones. Fewer than 6 pairs never reach 95 %.
/// </summary>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed class Comparison : IRichDisplay
{
    private const double Coverage = 0.95;
    private const double Negligible = 0.02;

    public Comparison(Timing a, Timing b)
    {
        if (a.Seconds.Count != b.Seconds.Count)
            throw new CourseException(
                $"A comparison needs pairs: {a.Name} has {a.Seconds.Count} samples, {b.Name} has " +
                $"{b.Seconds.Count}. Take them with LatencyMeter.Compare.");
        (A, B) = (a, b);
        Ratios = new Samples(a.Seconds.Values.Zip(b.Seconds.Values, (first, second) => second / first));
    }

    public Timing A { get; }

    public Timing B { get; }

    /// <summary>B's time divided by A's, pair by pair: 2 means that A is twice as fast.</summary>
    public Samples Ratios { get; }

    public double Ratio => Ratios.Median;

    /// <summary>The 95 % confidence interval of the median ratio; from 0 to infinity if there are too few pairs.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            var k = Depth(Ratios.Count);
            var sorted = Ratios.Values.Order().ToArray();
            return k == 0 ? (0, double.PositiveInfinity) : (sorted[k - 1], sorted[^k]);
        }
    }

    public Verdict Verdict => Interval switch
    {
        var (low, _) when low > 1 + Negligible => Verdict.FirstIsFaster,
        var (_, high) when high < 1 - Negligible => Verdict.SecondIsFaster,
        _ => Verdict.NoDifference,
    };

    public string ToHtml() => $"{MeasurementTable.Of([A, B])}{Html.Of($"<p>{Sentence()}</p>")}";

    public override string ToString() => $"{A}\n{B}\n{Sentence()}";

    private string Sentence()
    {
        var (low, high) = Interval;
        var evidence =
            $"median ratio {Quantity.Figures(Ratio)}, 95 % interval {Quantity.Figures(low)} … " +
            $"{Quantity.Figures(high)}, {Ratios.Count} pairs";
        return Verdict switch
        {
            Verdict.FirstIsFaster => $"{A.Name} is {Quantity.Figures(Ratio)}× as fast as {B.Name} ({evidence}).",
            Verdict.SecondIsFaster => $"{B.Name} is {Quantity.Figures(1 / Ratio)}× as fast as {A.Name} ({evidence}).",
            _ => $"No difference between {A.Name} and {B.Name} beyond the noise ({evidence}).",
        };
    }

    // The largest k with P(X < k) ≤ 2.5 % for X ~ Binomial(n, ½): how many ratios may be cut off at each end.
    private static int Depth(int n)
    {
        var probability = Math.Pow(0.5, n);
        var below = 0.0;
        for (var k = 0; ; k++)
        {
            below += probability;
            if (below > (1 - Coverage) / 2)
                return k;
            probability *= (double)(n - k) / (k + 1);
        }
    }
}
