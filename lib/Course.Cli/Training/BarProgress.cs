using Course.Training.Runs;
using Spectre.Console;

namespace Course.Cli.Training;

/// <summary>Progress for terminals: a bar with loss, speed and remaining time, and above it one line per held-out measurement.</summary>
internal sealed class BarProgress(IAnsiConsole console, string model, Recipe recipe, ProgressTask task) : ITrainingProgress
{
    private readonly TrainingSpeed pace = new(recipe);

    public void Stepped(RunState state, double loss)
    {
        pace.Observe(state);
        task.Description = Markup.Escape($"{model} {TrainingLine.Of(state, recipe, pace, loss)}");
        task.Value = state.Step;
    }

    public void Measured(RunState state, HistoryPoint point) =>
        console.MarkupLineInterpolated(
            $"[grey]{model} step {point.Step}: training {point.TrainingLoss:F4}, held out {point.HeldOutLoss:F4}[/]");
}
