using Course.Cli.Training;
using Course.Training.Runs;
using Spectre.Console.Testing;

namespace Course.Cli.Tests.Training;

public sealed class TrainingViewTests : IDisposable
{
    private static readonly Recipe Recipe = new() { Steps = 20 };

    private readonly TestConsole console = new();

    public void Dispose() => console.Dispose();

    [Fact]
    public void A_terminal_gets_a_bar_that_names_the_model()
    {
        console.Interactive();
        Assert.Equal(7, TrainingView.Show(console, "seedling", Recipe, Go));
        Assert.Contains("seedling step 10 of 20  loss 2.500", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_gets_a_line_that_names_it_for_each_measurement()
    {
        TrainingView.Show(console, "draft", Recipe, Go);
        Assert.StartsWith("draft step 10 of 20  loss 2.500  held out 3.000", console.Output, StringComparison.Ordinal);
    }

    private static int Go(ITrainingProgress progress)
    {
        var point = new HistoryPoint(10, 2.5, 3, 1);
        var state = RunState.Start with { Step = 10, Seconds = 1, History = [point] };
        progress.Stepped(state, 2.5);
        progress.Measured(state, point);
        return 7;
    }
}
