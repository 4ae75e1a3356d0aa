namespace Course.TakeHome.Contracts;

/// <summary>How exact an answer has to be. The cards state these numbers.</summary>
internal static class Tolerances
{
    /// <summary>
    /// The tolerance of a probability, and of the total variation distance of two distributions. Single precision stays below it, and so
    /// does a constant up to about 1e-8 that avoids a division by zero.
    /// </summary>
    public const double Probability = 1e-6;

    /// <summary>
    /// The tolerance of a sampled statistic, in standard deviations. One correct answer in five hundred million exceeds it, so that no
    /// verdict depends on a seed.
    /// </summary>
    public const double Deviations = 6;
}
