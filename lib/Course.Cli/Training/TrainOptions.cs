using System.CommandLine;
using Course.Inference;
using Course.Training.Pairs;

namespace Course.Cli.Training;

/// <summary>What one `course train` is to do.</summary>
internal sealed record TrainJob(string CorpusFolder, PairFolder Folder, PairPreset Preset, RunRequest Request, string? Device, ulong Seed);

/// <summary>The options that all steps of `course train` share; their defaults make the bundled pair.</summary>
internal sealed class TrainOptions
{
    private readonly Option<string?> corpus = new("--corpus") { Description = "Folder of *.txt files; ../shared/data/corpora beside the repository by default.", Recursive = true };
    private readonly Option<string?> output = new("--out") { Description = "Where the pair goes; out/training by default.", Recursive = true };
    private readonly Option<string> preset = new("--preset") { Description = "bundled, or smoke: seconds, to see that it works.", DefaultValueFactory = _ => "bundled", Recursive = true };
    private readonly Option<int?> steps = new("--steps") { Description = "Optimiser steps of this model.", Recursive = true };
    private readonly Option<double?> rate = new("--rate") { Description = "Multiplies the learning rates; below 1 to go on gently with a run that had ended.", Recursive = true };
    private readonly Option<long?> seed = new("--seed") { Description = "Initial weights, order of data and dropout.", Recursive = true };
    private readonly Option<string?> from = new("--from") { Description = "A checkpoint folder whose weights to begin with, grown where the wanted model is larger.", Recursive = true };
    private readonly Option<bool> half = new("--half-products") { Description = "Multiply in bfloat16 while training: faster where the processor has it, many times slower elsewhere.", Recursive = true };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the runs that were interrupted, and begin those that were not begun.", Recursive = true };
    private readonly Option<string?> device = new("--device") { Description = "auto, cpu or cuda:N.", Recursive = true };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { corpus, output, preset, steps, rate, seed, from, half, resume, device })
            command.Add(option);
    }

    public TrainJob Read(ParseResult parsed, string verb)
    {
        var chosen = parsed.GetValue(preset) switch
        {
            "bundled" => PairPreset.Bundled,
            "smoke" => PairPreset.Smoke,
            var other => throw new CourseException($"--preset {other}: expected bundled or smoke."),
        };
        var plans = chosen with { Seedling = Adapt(parsed, chosen.Seedling), Target = Adapt(parsed, chosen.Target), Draft = Adapt(parsed, chosen.Draft) };
        return new(
            parsed.GetValue(corpus) ?? Path.GetFullPath(Path.Combine(RepositoryRoot.Find(), "..", "shared", "data", "corpora")),
            new(parsed.GetValue(output) ?? Path.Combine(RepositoryRoot.Find(), "out", "training")),
            plans,
            new(parsed.GetValue(resume), CommandLine(parsed, verb), parsed.GetValue(from)),
            parsed.GetValue(device),
            (ulong)(parsed.GetValue(seed) ?? 1));
    }

    private ModelPlan Adapt(ParseResult parsed, ModelPlan plan) => plan with
    {
        Recipe = plan.Recipe with
        {
            Steps = parsed.GetValue(steps) ?? plan.Recipe.Steps,
            Seed = parsed.GetValue(seed) ?? plan.Recipe.Seed,
            HalfProducts = parsed.GetValue(half) || plan.Recipe.HalfProducts,
            Optimizer = plan.Recipe.Optimizer.WithRatesTimes(parsed.GetValue(rate) ?? 1),
        },
    };

    /// <summary>What decides the result, for the record; where things lie does not.</summary>
    private string CommandLine(ParseResult parsed, string verb) => string.Concat(
        verb,
        parsed.GetValue(preset) is var name && name != "bundled" ? $" --preset {name}" : "",
        parsed.GetValue(steps) is { } s ? $" --steps {s}" : "",
        parsed.GetValue(rate) is { } r ? FormattableString.Invariant($" --rate {r}") : "",
        parsed.GetValue(seed) is { } n ? $" --seed {n}" : "",
        parsed.GetValue(from) is { } model ? $" --from {Path.GetFileName(Path.TrimEndingDirectorySeparator(model))}" : "",
        parsed.GetValue(half) ? " --half-products" : "",
        parsed.GetValue(resume) ? " --resume" : "");
}
