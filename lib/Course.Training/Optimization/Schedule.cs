namespace Course.Training.Optimization;

/// <summary>
/// The learning rate schedule, as a factor of the peak rate: linear warm-up, a plateau, and a linear descent to zero over the last
/// <paramref name="DescentShare"/> of the steps (Hägele et al. 2024). Before the descent the rate does not depend on the run's length, so
/// a run can be lengthened or shortened while it is on the plateau.
/// </summary>
public sealed record Schedule(int WarmUp, int Steps, double DescentShare)
{
    /// <summary>The first step of the descent.</summary>
    public int DescentStart => (int)(Steps * (1 - DescentShare));

    /// <summary>Returns the factor at a step.</summary>
    /// <param name="step">The step number, from 0.</param>
    public double Factor(int step)
    {
        var descent = step < DescentStart ? 1 : (Steps - step) / (double)(Steps - DescentStart);
        return Math.Min(Math.Min(1, (step + 1.0) / WarmUp), Math.Max(0, descent));
    }
}
