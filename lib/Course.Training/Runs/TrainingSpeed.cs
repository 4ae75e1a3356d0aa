namespace Course.Training.Runs;

/// <summary>The speed of a run since it was started or resumed.</summary>
public sealed class TrainingSpeed(Recipe recipe)
{
    private RunState? first;

    /// <summary>
    /// The throughput over all steps since the first observed one, including held-out measurements; zero until the second.
    /// </summary>
    public double TokensPerSecond { get; private set; }

    /// <summary>The time to the last step at this speed; null until the speed is known.</summary>
    public TimeSpan? Left { get; private set; }

    public void Observe(RunState state)
    {
        first ??= state;
        var (steps, seconds) = (state.Step - first.Step, state.Seconds - first.Seconds);
        if (steps <= 0 || seconds <= 0)
            return;
        TokensPerSecond = steps * (double)recipe.Rows * recipe.Window / seconds;
        Left = TimeSpan.FromSeconds((recipe.Steps - state.Step) * seconds / steps);
    }
}
