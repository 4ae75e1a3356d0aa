using Spectre.Console;

namespace Course.Cli;

/// <summary>Shows the stages of a long computation: a bar in a terminal, one line per stage in a log.</summary>
internal static class StageView
{
    /// <summary>Runs a computation and shows its stages.</summary>
    /// <param name="console">The error stream; the output stream is for results.</param>
    /// <param name="run">The computation.</param>
    public static T Show<T>(IAnsiConsole console, Func<IStages, T> run)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return run(new Lines(console));
        return console.Progress().AutoClear(true)
            .Columns(
                new SpinnerColumn(), new ProgressBarColumn(), new ElapsedTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => run(new Bar(context.AddTask("starting"))));
    }

    private sealed class Bar(ProgressTask task) : IStages
    {
        private string stage = "";

        public void Begin(string name, int parts = 1)
        {
            stage = name;
            (task.Value, task.MaxValue) = (0, parts);
            task.Description = Markup.Escape($"{name} …");
        }

        public void Done(int parts)
        {
            task.Value = parts;
            task.Description = Markup.Escape($"{stage}, {parts} of {task.MaxValue:0}");
        }
    }

    private sealed class Lines(IAnsiConsole console) : IStages
    {
        private const int Tenths = 10;
        private int of = 1;

        public void Begin(string name, int parts = 1)
        {
            of = parts;
            console.WriteLine($"{name} …");
        }

        public void Done(int parts)
        {
            if (parts * Tenths / of > (parts - 1) * Tenths / of)
                console.WriteLine($"  {parts} of {of}");
        }
    }
}
