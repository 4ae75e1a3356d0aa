using Course.Training.Runs;
using Spectre.Console;

namespace Course.Cli.Training;

/// <summary>Shows a run as the console allows.</summary>
internal static class TrainingView
{
    public static T Show<T>(IAnsiConsole console, Recipe recipe, Func<ITrainingProgress, T> run)
    {
        if (!console.Profile.Capabilities.Interactive)
            return run(new PlainProgress(console, recipe));
        return console.Progress().Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => run(new BarProgress(console, recipe, context.AddTask("", maxValue: recipe.Steps))));
    }
}
