namespace Course.Training.Optimization;

/// <summary>
/// Learning rate over a run, as a factor of its peak: linear warm-up, a plateau, and a linear descent to zero over the last
/// <paramref name="DescentShare"/> of the steps (Hägele et al. 2024). Up to the descent the rate does not depend on the run's length,
/// so a run may be lengthened or shortened while it is on its plateau.
/// </summary>
public sealed record Schedule(int WarmUp, int Steps, double DescentShare)
{
    /// <summary>The first step of the descent.</summary>
    public int DescentStart => (int)(Steps * (1 - DescentShare));

    /// <param name="step">From 0.</param>
    public double Factor(int step)
    {
        var descent = step < DescentStart ? 1 : (Steps - step) / (double)(Steps - DescentStart);
        return Math.Min(Math.Min(1, (step + 1.0) / WarmUp), Math.Max(0, descent));
    }
}
