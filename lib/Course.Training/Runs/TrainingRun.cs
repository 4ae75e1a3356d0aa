using System.Diagnostics;
using Course.Training.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>The training loop: windows, forward, backward, step; at intervals the held-out loss and a checkpoint.</summary>
public sealed class TrainingRun(
    Recipe recipe, TrainableLlama model, Objective objective, Mixture data, int[] heldOut, RunFolder folder) : IDisposable
{
    private readonly Optimizer optimizer = new(model.Tensors, recipe);

    public RunState State { get; private set; } = RunState.Start;

    /// <summary>Continues from the latest checkpoint in the folder.</summary>
    public void Resume() => State = folder.Load(model.Tensors, optimizer);

    /// <summary>
    /// Trains up to <paramref name="until"/> steps (default: all) or until the held-out loss no longer falls. On
    /// cancellation it saves a checkpoint.
    /// </summary>
    public RunState Train(ITrainingProgress progress, int? until = null, CancellationToken cancel = default)
    {
        var last = Math.Min(until ?? recipe.Steps, recipe.Steps);
        var (clock, before) = (Stopwatch.StartNew(), State.Seconds);
        var (sum, steps) = (0.0, 0);
        while (State.Step < last && State.SinceBest < recipe.Patience && !cancel.IsCancellationRequested)
        {
            var loss = Step(State.Step);
            (sum, steps) = (sum + loss, steps + 1);
            State = State with { Step = State.Step + 1, Seconds = before + clock.Elapsed.TotalSeconds };
            progress.Stepped(State, loss);
            if (State.Step % recipe.EvaluateEvery == 0 || State.Step == last)
            {
                Checkpoint(sum / steps, () => before + clock.Elapsed.TotalSeconds, progress);
                (sum, steps) = (0, 0);
            }
        }
        if (steps > 0)
            folder.Save(State, model.Tensors, optimizer); // cancelled between two checkpoints
        return State;
    }

    private double Step(int step)
    {
        var losses = new double[recipe.Workers];
        Parallel.For(0, recipe.Workers, worker => losses[worker] = Accumulate(step, worker));
        optimizer.Step(step);
        return losses.Average();
    }

    /// <summary>
    /// Adds one worker's share of the gradient. Workers synchronise once per step, but libtorch's own threads at every operation, which
    /// costs much time on a busy machine. The sum of two shares does not depend on their order.
    /// </summary>
    private double Accumulate(int step, int worker)
    {
        using var scope = NewDisposeScope();
        torch.set_num_threads(1);
        // The draws of a step are a function of seed, step and worker, so a resumed run needs no generator state.
        using var generator = new Generator(new KeyedRandom(recipe.Seed, step, worker).Next() >> 1, model.Device);
        var rows = Rows(step, worker);
        var (inputs, targets) = (rows.narrow(1, 0, recipe.Window), rows.narrow(1, 1, recipe.Window)); // [B, T]
        var loss = objective(model.Forward(inputs, recipe.Dropout, generator), inputs, targets);
        (loss / recipe.Workers).backward();
        return loss.ToDouble();
    }

    /// <summary>Returns the windows of one worker, [B / workers, T + 1].</summary>
    private Tensor Rows(int step, int worker)
    {
        var share = recipe.Rows / recipe.Workers;
        var ids = new long[share * (recipe.Window + 1)];
        var next = 0;
        for (var row = 0; row < share; row++)
            lock (data)
                foreach (var id in data.Row((long)step * recipe.Rows + worker * share + row))
                    ids[next++] = id;
        return tensor(ids, [share, recipe.Window + 1], device: model.Device);
    }

    private void Checkpoint(double trainingLoss, Func<double> seconds, ITrainingProgress progress)
    {
        var loss = HeldOutLoss.Measure(model.ForwardExactly, heldOut, recipe.Window, recipe.EvaluateWindows, model.Device);
        var point = new HistoryPoint(State.Step, trainingLoss, loss.NatsPerToken, seconds());
        State = State with { History = [.. State.History, point] };
        if (State.SinceBest == 0)
            folder.SaveBest(model.Tensors);
        folder.Save(State, model.Tensors, optimizer);
        progress.Measured(State, point);
    }

    public void Dispose() => optimizer.Dispose();
}
