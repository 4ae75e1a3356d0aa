using System.CommandLine;
using Course.Training.Corpora;
using Course.Training.Pairs;
using Course.Training.Runs;

namespace Course.Cli.Training;

/// <summary>The parsed options of `course train`.</summary>
internal sealed record TrainJob(string CorpusFolder, PairFolder Folder, PairPreset Preset, RunRequest Request, string? Device, ulong Seed)
{
    /// <summary>Checks that the folder contains no run, unless runs are to be resumed.</summary>
    /// <exception cref="CourseException">The folder contains a run.</exception>
    public void RequireRoom()
    {
        if (!Request.Resume
            && new[] { Folder.Seedling, Folder.Target, Folder.Draft }.Select(model => new RunFolder(Folder.RunOf(model)))
                .FirstOrDefault(run => run.CanResume) is { } taken)
            throw new CourseException(
                $"{taken.Location} already holds a run. Resume it (--resume), name another folder (--out), " +
                $"or delete {Folder.Root} to start again.");
    }
}

/// <summary>The options that all steps of `course train` share; their defaults make the bundled pair.</summary>
internal sealed class TrainOptions
{
    private const string Bundled = "bundled", Smoke = "smoke";

    private readonly Option<string?> corpus = Options.Path("--corpus",
        $"Folder of *.txt files, {Corpus.HeldOutFile} held out; data/corpus, a small one that comes with the course, by default.");
    private readonly Option<string?> output = Options.Path("--out", "Where the pair goes; out/training by default.");
    private readonly Option<string?> preset = Options.OneOf(
        "--preset", "bundled, the default: the pair that comes with the course, in hours; smoke: in seconds, to see that it works.",
        Bundled, Smoke);
    private readonly Option<int?> steps = Options.Whole("--steps", "Optimiser steps of this model.", 1, 100_000_000);
    private readonly Option<double?> rate = Options.Number(
        "--rate", "Multiplies the learning rates; use less than 1 to continue a run that had ended.", "a number above 0",
        value => value > 0);
    private readonly Option<long?> seed = Options.Whole(
        "--seed", "Seed of initial weights, order of data and dropout.", long.MinValue, long.MaxValue);
    private readonly Option<string?> from = Options.Path("--from",
        "A checkpoint folder with the initial weights, which are grown if the new model is larger.");
    private readonly Option<bool> half = new("--half-products")
    {
        Description = "Multiply in bfloat16 while training: faster where the processor has it, many times slower elsewhere."
    };
    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Resume the runs that were interrupted, and start the others."
    };
    private readonly Option<string?> device = Options.Device();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { corpus, output, preset, steps, rate, seed, from, half, resume, device })
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    public TrainJob Read(ParseResult parsed, string verb)
    {
        var chosen = parsed.GetValue(preset) == Smoke ? PairPreset.Smoke : PairPreset.Bundled;
        var plans = chosen with
        {
            Seedling = Adapt(parsed, chosen.Seedling),
            Target = Adapt(parsed, chosen.Target),
            Draft = Adapt(parsed, chosen.Draft)
        };
        return new(
            parsed.GetValue(corpus) ?? Corpus.Own(RepositoryRoot.Find()),
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

    /// <summary>The command line for the record: the options that affect the result, but not the folders.</summary>
    private string CommandLine(ParseResult parsed, string verb) => string.Concat(
        verb,
        parsed.GetValue(preset) is { } name && name != Bundled ? $" --preset {name}" : "",
        parsed.GetValue(steps) is { } s ? $" --steps {s}" : "",
        parsed.GetValue(rate) is { } r ? FormattableString.Invariant($" --rate {r}") : "",
        parsed.GetValue(seed) is { } n ? $" --seed {n}" : "",
        parsed.GetValue(from) is { } model ? $" --from {Path.GetFileName(Path.TrimEndingDirectorySeparator(model))}" : "",
        parsed.GetValue(half) ? " --half-products" : "",
        parsed.GetValue(resume) ? " --resume" : "");
}
