namespace Course.TakeHome.Contracts;

/// <summary>How exact an answer has to be. The cards say so.</summary>
internal static class Tolerances
{
    /// <summary>
    /// Of a probability, and of the total variation between two laws: single precision stays below it, and so does a small constant that
    /// keeps a division from being one by zero, up to about 1e-8.
    /// </summary>
    public const double Law = 1e-6;

    /// <summary>Standard deviations. Of right answers one in five hundred million lies beyond: no verdict hangs on a seed.</summary>
    public const double Deviations = 6;
}
