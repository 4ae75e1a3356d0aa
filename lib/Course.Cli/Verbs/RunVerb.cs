using System.CommandLine;
using Course.Cli.Running;
using Course.Kernel.Running;
using Course.Site;

namespace Course.Cli.Verbs;

/// <summary>`course run`: executes notebooks, shows the progress, and writes executed copies and a site.</summary>
internal static class RunVerb
{
    public static Command Build()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "Notebooks to run, and folders of them; without any, all under notebooks/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var quick = new Option<bool>("--quick") { Description = "Use few tokens and samples, to see that everything works." };
        var output = Options.Path("--output", "The folder for executed copies and site; out/ by default.");
        output.Aliases.Add("--out");
        var device = Options.Device();
        var timeout = Options.Number(
            "--timeout", "Seconds that one cell may take.", RunnerOptions.DefaultCellTimeout.TotalSeconds,
            "seconds above 0, at most ten million", seconds => seconds is > 0 and <= 1e7);
        var command = new VerbCommand("run",
            "Execute the notebooks and build a site of them.") { notebooks, quick, output, device, timeout };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(notebooks)!,
            parsed.GetValue(output),
            new RunnerOptions(parsed.GetValue(device), parsed.GetValue(quick), TimeSpan.FromSeconds(parsed.GetValue(timeout))),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(string[] named, string? output, RunnerOptions options, CancellationToken cancel)
    {
        var root = RepositoryRoot.Find();
        var batch = NotebookBatch.Plan(Path.Combine(root, "notebooks"), named, output ?? Path.Combine(root, "out"));
        var runner = new NotebookRunner(options, WorkerProgram.Locate(), TimeProvider.System);

        var results = await RunView.For(Terminal.Out).ShowAsync(batch, view => batch.RunAsync(runner, view, cancel));
        var site = await SiteBuilder.BuildAsync(batch.Copies, batch.Site, cancel);

        RunReport.Write(Terminal.Out, results, site);
        return results.All(result => result.Passed) && site.Problems.Count == 0 ? 0 : 1;
    }
}
