namespace Course.Training.Runs;

/// <summary>Told how a run goes; what it does with that is its own affair.</summary>
public interface ITrainingProgress
{
    /// <param name="state">After the step.</param>
    /// <param name="loss">Of this step, nats per token.</param>
    void Stepped(RunState state, double loss);

    /// <summary>The held-out loss was measured and a checkpoint written.</summary>
    void Measured(RunState state, HistoryPoint point);
}
