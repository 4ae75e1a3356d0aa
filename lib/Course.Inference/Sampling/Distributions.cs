namespace Course.Inference.Sampling;

/// <summary>What every implementation of <see cref="IRandomness"/> asks of a probability and of a distribution.</summary>
internal static class Distributions
{
    /// <summary>Divides by the sum, which must be positive.</summary>
    public static void Normalise(Span<double> weights)
    {
        var total = CompensatedSum.Of(weights);
        foreach (ref var weight in weights)
            weight /= total;
    }

    /// <summary>Throws unless the value is a probability.</summary>
    public static void RequireProbability(double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new CourseException($"A probability lies between 0 and 1; got {probability:R}.");
    }

    /// <summary>Throws unless the values are a distribution whose sum is one within <paramref name="tolerance"/>.</summary>
    public static void Require(ReadOnlySpan<double> probabilities, double tolerance)
    {
        var total = new CompensatedSum();
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!(double.IsFinite(probabilities[i]) && probabilities[i] >= 0))
                throw new CourseException($"Probability {i} of {probabilities.Length} is {probabilities[i]:R}; probabilities are finite and not negative.");
            total.Add(probabilities[i]);
        }
        if (!(Math.Abs(total.Value - 1) <= tolerance))
            throw new CourseException(
                $"The {probabilities.Length} probabilities sum to {total.Value:R}, which is not one within {tolerance:R}. Normalise them before drawing.");
    }
}
