using System.Globalization;
using Course.Training.Runs;

namespace Course.Cli.Training;

/// <summary>The state of a training run in one line.</summary>
internal static class TrainingLine
{
    public static string Of(RunState state, Recipe recipe, TrainingSpeed pace, double loss)
    {
        var heldOut = state.History.Count > 0 ? $"  held out {state.History[^1].HeldOutLoss:F3}" : "";
        var left = pace.Left is { } time ? $"  {pace.TokensPerSecond:N0} tokens/s  {Duration(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"step {state.Step} of {recipe.Steps}  loss {loss:F3}{heldOut}{left}");
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{time:h\\:mm} h" : $"{time:m\\:ss} min";
}
