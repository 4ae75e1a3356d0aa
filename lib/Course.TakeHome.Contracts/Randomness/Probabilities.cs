namespace Course.TakeHome.Contracts;

/// <summary>What every kind of randomness asks of its questions, and how a uniform number answers them.</summary>
internal static class Probabilities
{
    /// <summary>How far a sum may be from one. Arithmetic in single precision stays below it.</summary>
    public const double SumTolerance = 1e-6;

    public static void RequireOne(double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new CourseException($"Accept was asked with {probability:R}; a probability lies between 0 and 1.");
    }

    public static void RequireLaw(IReadOnlyList<double> probabilities)
    {
        for (var i = 0; i < probabilities.Count; i++)
            if (!(double.IsFinite(probabilities[i]) && probabilities[i] >= 0))
                throw new CourseException($"Draw was asked with {probabilities[i]:R} for token {i}; probabilities are finite and not negative.");
        if (!(Math.Abs(probabilities.Sum() - 1) <= SumTolerance))
            throw new CourseException($"Draw was asked with {probabilities.Count} numbers that sum to {probabilities.Sum():R}; a distribution sums to one.");
    }

    public static bool Accept(double probability, double uniform) => uniform < probability;

    public static int Draw(IReadOnlyList<double> probabilities, double uniform)
    {
        var last = 0;
        for (var i = 0; i < probabilities.Count; i++)
        {
            if (probabilities[i] == 0)
                continue;
            if (uniform < probabilities[i])
                return i;
            uniform -= probabilities[i];
            last = i; // where rounding leaves a sliver behind the last interval, that interval gets it
        }
        return last;
    }
}
