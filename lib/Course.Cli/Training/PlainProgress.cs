using Course.Training.Runs;
using Spectre.Console;

namespace Course.Cli.Training;

/// <summary>Progress for logs: one line per held-out measurement.</summary>
internal sealed class PlainProgress(IAnsiConsole console, string model, Recipe recipe) : ITrainingProgress
{
    private readonly TrainingSpeed pace = new(recipe);

    public void Stepped(RunState state, double loss) => pace.Observe(state);

    public void Measured(RunState state, HistoryPoint point) =>
        console.WriteLine($"{model} {TrainingLine.Of(state, recipe, pace, point.TrainingLoss)}");
}
