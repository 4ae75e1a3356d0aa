namespace Course.Inference.Quantization.Quality;

/// <summary>A mean over windows of text, and how sure it is.</summary>
/// <param name="Mean">Per token.</param>
/// <param name="StandardError">Of the mean, taking windows as independent.</param>
public readonly record struct Estimate(double Mean, double StandardError)
{
    /// <summary>The normal 95 % interval.</summary>
    public Interval Interval => new(Mean - 1.96 * StandardError, Mean + 1.96 * StandardError);

    /// <param name="values">One per window, all windows of one length. A single one gives no idea of the spread: then the error is NaN.</param>
    public static Estimate Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count));
    }

    public override string ToString() => $"{Mean:G4} ± {StandardError:G2}";
}

/// <summary>Where a figure lies, but for one time in twenty.</summary>
public readonly record struct Interval(double Low, double High);
