using Course.Training.Runs;
using Spectre.Console;

namespace Course.Cli.Training;

/// <summary>Shows a run as the console allows.</summary>
internal static class TrainingView
{
    /// <param name="console">Where.</param>
    /// <param name="model">Which of the three models it is.</param>
    /// <param name="recipe">Says how many steps there are.</param>
    /// <param name="run">The run.</param>
    public static T Show<T>(IAnsiConsole console, string model, Recipe recipe, Func<ITrainingProgress, T> run)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return run(new PlainProgress(console, model, recipe));
        return console.Progress().Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => run(new BarProgress(console, model, recipe, context.AddTask(Markup.Escape(model), maxValue: recipe.Steps))));
    }
}
