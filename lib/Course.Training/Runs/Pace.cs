namespace Course.Training.Runs;

/// <summary>How fast a run goes since it was started or resumed.</summary>
public sealed class Pace(Recipe recipe)
{
    private RunState? first;

    /// <summary>Over all steps since the first one seen, held-out measurements included; zero until the second.</summary>
    public double TokensPerSecond { get; private set; }

    /// <summary>If the run goes to its last step at this speed; null until there is a speed.</summary>
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
