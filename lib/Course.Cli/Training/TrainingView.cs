using Course.Training.Runs;
using Spectre.Console;

namespace Course.Cli.Training;

/// <summary>Shows the progress of a training run, as a bar in a terminal or as lines in a log.</summary>
internal static class TrainingView
{
    /// <summary>Runs a training and shows its progress.</summary>
    /// <param name="console">The console to write to.</param>
    /// <param name="model">The name of the model.</param>
    /// <param name="recipe">The recipe, which has the number of steps.</param>
    /// <param name="run">The training.</param>
    public static T Show<T>(IAnsiConsole console, string model, Recipe recipe, Func<ITrainingProgress, T> run)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return run(new PlainProgress(console, model, recipe));
        return console.Progress().Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => run(new BarProgress(console, model, recipe, context.AddTask(Markup.Escape(model), maxValue: recipe.Steps))));
    }
}
