namespace Course.Training.Runs;

/// <summary>Receives the progress of a training run.</summary>
public interface ITrainingProgress
{
    /// <summary>A step was done.</summary>
    /// <param name="state">The state after the step.</param>
    /// <param name="loss">The training loss of this step, in nats per token.</param>
    void Stepped(RunState state, double loss);

    /// <summary>The held-out loss was measured and a checkpoint written.</summary>
    void Measured(RunState state, HistoryPoint point);
}
