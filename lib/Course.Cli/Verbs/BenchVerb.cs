using System.CommandLine;
using Course.Benchmarks;
using Course.Benchmarks.Decoding;
using Course.Benchmarks.Peers;
using Course.Benchmarks.Speculation;
using Course.Inference;
using Course.Inference.Devices;
using Course.Inference.Measurement;
using Spectre.Console;

namespace Course.Cli.Verbs;

/// <summary>`course bench`: measures the figures that the course states.</summary>
internal static class BenchVerb
{
    private const int QuickCached = 16, LongText = 512, MostSamples = 100_000;

    private static readonly Option<int> Cached = Options.Whole(
        "--cached", "Number of cached tokens before a step.", 64, 1, LongText - DecodeSteps.MostTokens);
    private static readonly Option<int> SampleCount = Options.Whole(
        "--samples", "Samples of each measurement, or in each round.", 20, 1, MostSamples);
    private static readonly Option<int> SpeculateSamples = Options.Whole(
        "--samples", "How often each variant runs, in turn with the others; an interval needs at least 6.", 7, 1, MostSamples);
    private static readonly Option<string?> Section = Options.OneOf("--section", "Run only this part.", SpeculateBenchmark.Sections);
    private static readonly Option<int> Rounds = Options.Whole(
        "--rounds", "How often the two take turns; a verdict needs at least 6.", 6, 1, MostSamples);
    private static readonly Option<string?> Peer = Options.Path("--peer",
        $"The program that runs llama.cpp; by default that of {LlamaCppPeer.Variable}.");
    private static readonly Option<string?> Out = Options.Path("--out", "The folder for the raw samples; out/benchmarks by default.");
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "A small model and few samples, to see whether the command works."
    };

    public static Command Build() => new("bench",
        "Measure decoding: every precision, several tokens at once, compared with memory bandwidth and with llama.cpp.")
    {
        Verb(
            "decode", "The cost of a step for 1 to 16 tokens, compared with the read bandwidth; and without a cache.",
            [Cached, SampleCount, Out, Quick], Decode),
        Verb(
            "speculate",
            "Speculation and cached decoding in turn: drafters, draft lengths, copying, a large shape, batches, and the predictions of " +
            "the speed-up model.", [SpeculateSamples, Section, Out, Quick], Speculate),
        Verb("peers", "This library and llama.cpp on the same weights, in turn.", [Cached, SampleCount, Rounds, Peer, Out, Quick], Peers),
    };

    private static Command Verb(string name, string description, Option[] options, Func<ParseResult, IAnsiConsole, BenchReport> run)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Add(option);
        command.SetAction(parsed =>
        {
            LibTorch.Require();
            var report = run(parsed, Terminal.Out);
            var root = RepositoryRoot.Find();
            var folder = parsed.GetValue(Out) ?? Path.Combine(root, "out", "benchmarks");
            var commit = Tool.Ask("git", "-C", root, "rev-parse", "HEAD") ?? "unknown"; // of the code, wherever the samples are written
            Console.Out.WriteLine($"raw samples: {report.Save(folder, commit, TimeProvider.System)}");
        });
        return command;
    }

    private static BenchReport Decode(ParseResult parsed, IAnsiConsole console)
    {
        var options = new MeasurementOptions { SampleCount = parsed.GetValue(SampleCount) };
        return Printed(console, DecodeBenchmark.Run(Model(parsed), CachedTokens(parsed), options)
            .With(CacheBenchmark.Run(Bundled.Target, parsed.GetValue(Quick) ? 4 * QuickCached : LongText, options)));
    }

    /// <summary>Runs the benchmark and prints it section by section.</summary>
    private static BenchReport Speculate(ParseResult parsed, IAnsiConsole console)
    {
        var quick = parsed.GetValue(Quick);
        RequireUnsaid(parsed, SpeculateSamples);
        var options = quick
            ? new MeasurementOptions { WarmUps = 1, SampleCount = 1 }
            : new() { WarmUps = 3, SampleCount = parsed.GetValue(SpeculateSamples) };
        return SpeculateBenchmark.Run(
            quick, options, parsed.GetValue(Section), section => BenchView.Print(console, section), Console.Error);
    }

    private static BenchReport Peers(ParseResult parsed, IAnsiConsole console)
    {
        var peer = LlamaCppPeer.Find(parsed.GetValue(Peer));
        using var folder = new ScratchFolder("course-peers-");
        return Printed(console, PeersBenchmark.Run(
            peer, Model(parsed), folder.FullName, CachedTokens(parsed), parsed.GetValue(Rounds), parsed.GetValue(SampleCount),
            Console.Error));
    }

    private static BenchReport Printed(IAnsiConsole console, BenchReport report)
    {
        BenchView.Print(console, report);
        return report;
    }

    /// <exception cref="CourseException">The option was given together with --quick, which chooses its value.</exception>
    private static void RequireUnsaid(ParseResult parsed, Option option)
    {
        if (parsed.GetValue(Quick) && parsed.GetResult(option) is { Implicit: false })
            throw new CourseException($"{option.Name} and --quick: --quick chooses that value itself. Leave one of them out.");
    }

    private static BenchModel Model(ParseResult parsed) => parsed.GetValue(Quick) ? BenchModel.Small : BenchModel.Large;

    private static int CachedTokens(ParseResult parsed)
    {
        RequireUnsaid(parsed, Cached);
        return parsed.GetValue(Quick) ? QuickCached : parsed.GetValue(Cached);
    }
}
