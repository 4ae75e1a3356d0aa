namespace Course.TakeHome.Contracts;

/// <summary>What both kinds of randomness ask of their questions.</summary>
internal static class Probabilities
{
    public static void RequireOne(double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new TakeHomeException($"Accept was asked with {probability:R}; a probability lies between 0 and 1.");
    }

    public static void RequireLaw(IReadOnlyList<double> probabilities)
    {
        for (var i = 0; i < probabilities.Count; i++)
            if (!(double.IsFinite(probabilities[i]) && probabilities[i] >= 0))
                throw new TakeHomeException($"Draw was asked with {probabilities[i]:R} for token {i}; probabilities are finite and not negative.");
        if (!(Math.Abs(probabilities.Sum() - 1) <= 1e-9))
            throw new TakeHomeException($"Draw was asked with {probabilities.Count} numbers that sum to {probabilities.Sum():R}; a distribution sums to one.");
    }
}
