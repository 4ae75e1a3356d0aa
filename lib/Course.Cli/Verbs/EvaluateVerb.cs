using System.CommandLine;
using Course.Benchmarks.Quality;
using Course.Cli.Evaluating;
using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Devices;
using Course.Inference.Families.Llama;

namespace Course.Cli.Verbs;

/// <summary>`course evaluate`: measures how fewer bits per weight change a model's predictions on held-out text.</summary>
internal static class EvaluateVerb
{
    private const int MostWindows = 1_000_000;

    private static readonly Option<string?> Model = Options.Path("--model",
        "A checkpoint folder or a GGUF file; the bundled target by default.");
    private static readonly Option<string?> Text = Options.Path("--text",
        "Plain text that the model was not trained on; data/corpus/held-out.txt by default.");
    private static readonly Option<int?> Window = Options.Whole(
        "--window", "Tokens in a window of the text; the model's context by default.", 2, MostWindows);
    private static readonly Option<int> Windows = Options.Whole(
        "--windows", "Number of windows, spread evenly over the text; 0 for all.", 64, 0, MostWindows);
    private static readonly Option<ulong> Seed = Options.Whole(
        "--seed", "Seed of the text that the model generates to calibrate GPTQ.", 1ul, ulong.MinValue, ulong.MaxValue);
    private static readonly Option<string?> Device = Options.Device();
    private static readonly Option<bool> Json = new("--json") { Description = "Print the figures as JSON." };

    public static Command Build()
    {
        var command = new Command("evaluate",
            "Measure perplexity and KL divergence of int8 and int4 weights against the unquantised model.")
        {
            Model, Text, Window, Windows, Seed, Device, Json,
        };
        command.SetAction((parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));
        return command;
    }

    private static void Run(ParseResult parsed, CancellationToken cancel)
    {
        var path = parsed.GetValue(Model) ?? Bundled.Target;
        var windows = parsed.GetValue(Windows);
        var (device, seed, tokenizer) = (ComputeDevice.Resolve(parsed.GetValue(Device)), parsed.GetValue(Seed), TokenizerFile.Load(path));
        var results = StageView.Show(Terminal.Error, stages => QuantisationReport.Measure(
            path, device,
            c => HeldOutText.Windows(parsed.GetValue(Text), tokenizer, WindowOf(parsed, c), windows == 0 ? int.MaxValue : windows), seed,
            stages, cancel));
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(QuantisationReport.Json(path, seed, results));
            return;
        }

        foreach (var line in QuantisationReport.Lines(results))
            Console.WriteLine(line);
        Console.WriteLine(
            "int4/g: groups of g. Q4_0 rule: the extreme becomes -8; squares: the scale of least squared error; feedback: GPTQ. " +
            "95 %: of the perplexity's increase.");
        Console.WriteLine(
            $"{path} on {results[0].Quality.Tokens:N0} tokens in {Counted.Of(results[0].Quality.Windows, "window")}; GPTQ " +
            $"calibrated on text that the model generated, seed {seed}.");
    }

    private static int WindowOf(ParseResult parsed, LlamaConfiguration c) => parsed.GetValue(Window) is not { } window ? c.ContextLength
        : window <= c.ContextLength ? window
        : throw new CourseException($"--window {window}: the model's context is {c.ContextLength} tokens.");
}
