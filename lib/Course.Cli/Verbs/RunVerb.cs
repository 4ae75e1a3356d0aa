using System.CommandLine;
using Course.Cli.Running;
using Course.Inference;
using Course.Kernel.Running;
using Course.Kernel.Site;
using Spectre.Console;

namespace Course.Cli.Verbs;

/// <summary>`course run`: executes notebooks, shows how it goes, and leaves executed copies and a site.</summary>
internal static class RunVerb
{
    public static Command Build()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "Notebooks to run, and folders of them; without any, all under notebooks/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var quick = new Option<bool>("--quick") { Description = "Few tokens, few samples: does everything still work?" };
        var output = new Option<string?>("--output", "--out") { Description = "Where executed copies and site go; out/ by default." };
        var device = new Option<string?>("--device") { Description = "auto, cpu or cuda:N." };
        var timeout = new Option<double>("--timeout")
        {
            Description = "Seconds that one cell may take.",
            DefaultValueFactory = _ => RunnerOptions.DefaultCellTimeout.TotalSeconds,
        };
        // What begins with dashes is an option that does not exist, not a notebook that is missing.
        notebooks.Validators.Add(result => result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)).ToList()
            .ForEach(token => result.AddError($"{token.Value}: there is no such option. `course run --help` lists them.")));
        var command = new Command("run", "Execute the notebooks and build a site of them.") { notebooks, quick, output, device, timeout };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(notebooks)!,
            parsed.GetValue(output),
            new RunnerOptions(parsed.GetValue(device), parsed.GetValue(quick), Seconds(parsed.GetValue(timeout))),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(string[] named, string? output, RunnerOptions options, CancellationToken cancel)
    {
        var root = RepositoryRoot.Find();
        var batch = NotebookBatch.Plan(Path.Combine(root, "notebooks"), named, output ?? Path.Combine(root, "out"));
        var runner = new NotebookRunner(options, WorkerProgram.Locate(), TimeProvider.System);

        var results = await RunView.For(AnsiConsole.Console).ShowAsync(batch, view => batch.RunAsync(runner, view, cancel));
        var site = await SiteBuilder.BuildAsync(batch.Copies, batch.Site, cancel);

        RunReport.Write(AnsiConsole.Console, results, site);
        return results.All(result => result.Passed) && site.Problems.Count == 0 ? 0 : 1;
    }

    private static TimeSpan Seconds(double seconds) => seconds is > 0 and < 1e7
        ? TimeSpan.FromSeconds(seconds)
        : throw new CourseException($"--timeout {seconds}: expected seconds above 0. Leave it out for {RunnerOptions.DefaultCellTimeout.TotalSeconds:0}.");
}
