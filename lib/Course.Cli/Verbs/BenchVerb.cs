using System.CommandLine;
using Course.Cli.Benchmarks;
using Course.Inference.Devices;
using Course.Inference.Measurement;
using Course.Inference.Models;

namespace Course.Cli.Verbs;

/// <summary>`course bench`: the figures that the course states, measured again.</summary>
internal static class BenchVerb
{
    private const int QuickCached = 16, LongText = 512;

    private static readonly Option<int> Cached = new("--cached") { Description = "How many tokens come before a step.", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> SampleCount = new("--samples") { Description = "Samples of each thing, or in each round.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> SpeculateSamples = new("--samples") { Description = "How often each thing is written, in turn with the others.", DefaultValueFactory = _ => 7 };
    private static readonly Option<string?> Section = new Option<string?>("--section") { Description = "One part alone: t0, t1, copying, batches or large." }.AcceptOnlyFromAmong([.. SpeculateBenchmark.Sections]);
    private static readonly Option<int> Rounds = new("--rounds") { Description = "How often the two take turns; 6 are the fewest for a verdict.", DefaultValueFactory = _ => 6 };
    private static readonly Option<string?> Peer = new("--peer") { Description = $"The program that runs llama.cpp; {LlamaCppPeer.Variable} names it too." };
    private static readonly Option<string?> Out = new("--out") { Description = "The folder for the raw samples; data/benchmarks by default." };
    private static readonly Option<bool> Quick = new("--quick") { Description = "A small model, to see whether the command works." };

    public static Command Build() => new("bench", "Measure decoding: every precision, several tokens at once, against memory and against llama.cpp.")
    {
        Verb("decode", "What a step costs for 1 to 16 tokens, beside the read bandwidth; and without a cache.", [Cached, SampleCount, Out, Quick], Decode),
        Verb("speculate", "Speculation against cached decoding in turn: drafters, lengths, copying, a large shape, batches, and what the law predicts.", [SpeculateSamples, Section, Out, Quick], Speculate),
        Verb("peers", "This library and llama.cpp on the same weights, in turn.", [Cached, SampleCount, Rounds, Peer, Out, Quick], Peers),
    };

    private static Command Verb(string name, string description, Option[] options, Func<ParseResult, BenchReport> run)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Add(option);
        command.SetAction(parsed =>
        {
            LibTorch.Require();
            var report = run(parsed);
            report.Print(Console.Out);
            var folder = parsed.GetValue(Out) ?? Path.Combine(RepositoryRoot.Find(), "data", "benchmarks");
            Console.Out.WriteLine($"raw samples: {report.Save(folder, TimeProvider.System)}");
        });
        return command;
    }

    private static BenchReport Decode(ParseResult parsed)
    {
        var options = new MeasurementOptions { SampleCount = parsed.GetValue(SampleCount) }.Validated();
        return DecodeBenchmark.Run(Model(parsed), CachedTokens(parsed), options)
            .With(CacheBenchmark.Run(Bundled.Target, parsed.GetValue(Quick) ? 4 * QuickCached : LongText, options));
    }

    private static BenchReport Speculate(ParseResult parsed)
    {
        var quick = parsed.GetValue(Quick);
        var options = quick ? new MeasurementOptions { WarmUps = 1, SampleCount = 1 } : new() { WarmUps = 3, SampleCount = parsed.GetValue(SpeculateSamples) };
        return SpeculateBenchmark.Run(quick, options.Validated(), parsed.GetValue(Section), Console.Error);
    }

    private static BenchReport Peers(ParseResult parsed) =>
        PeersBenchmark.Run(LlamaCppPeer.Find(parsed.GetValue(Peer)), Model(parsed), CachedTokens(parsed), parsed.GetValue(Rounds), parsed.GetValue(SampleCount), Console.Error);

    private static BenchModel Model(ParseResult parsed) => parsed.GetValue(Quick) ? BenchModel.Small : BenchModel.Large;

    private static int CachedTokens(ParseResult parsed) => parsed.GetValue(Quick) ? QuickCached : parsed.GetValue(Cached);
}
