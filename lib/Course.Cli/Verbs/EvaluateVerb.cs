using System.CommandLine;
using Course.Cli.Evaluating;
using Course.Inference;
using Course.Inference.Devices;
using Course.Inference.Models;
using Course.Inference.Tokenization;

namespace Course.Cli.Verbs;

/// <summary>`course evaluate`: what fewer bits per weight do to a model's predictions on held-out text.</summary>
internal static class EvaluateVerb
{
    private static readonly Option<string?> Model = new("--model") { Description = "A checkpoint folder or a GGUF file; the bundled target by default." };
    private static readonly Option<string?> Text = new("--text") { Description = "Plain text that the model was not trained on; the held-out stories of ../shared/data/corpora by default." };
    private static readonly Option<int> Windows = new("--windows") { Description = "How many pieces of the text, each as long as the context, spread evenly; 0 for all.", DefaultValueFactory = _ => 64 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Of the text that the model writes to calibrate error feedback with.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Device = new("--device") { Description = "auto, cpu, cuda or cuda:N." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the figures as JSON." };

    public static Command Build()
    {
        var command = new Command("evaluate", "Measure perplexity and KL divergence of int8 and int4 weights against the unquantised model.") { Model, Text, Windows, Seed, Device, Json };
        command.SetAction((parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));
        return command;
    }

    private static void Run(ParseResult parsed, CancellationToken cancel)
    {
        var path = parsed.GetValue(Model) ?? Bundled.Target;
        var windows = parsed.GetValue(Windows);
        if (windows < 0)
            throw new CourseException($"--windows {windows}: expected a count, or 0 for all.");
        var (device, seed, tokenizer) = (ComputeDevice.Resolve(parsed.GetValue(Device)), parsed.GetValue(Seed), TokenizerFile.Load(path));
        var results = QuantisationReport.Measure(
            path, device, c => HeldOutText.Windows(parsed.GetValue(Text), tokenizer, c.ContextLength, windows == 0 ? int.MaxValue : windows), seed, cancel);
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(QuantisationReport.Json(path, seed, results));
            return;
        }

        foreach (var line in QuantisationReport.Lines(results))
            Console.WriteLine(line);
        Console.WriteLine("int4/g: groups of g. Q4_0 rule: the extreme becomes -8; squares: the scale of least squared error; feedback: GPTQ. 95 %: of the perplexity's increase.");
        Console.WriteLine($"{path} on {results[0].Quality.Tokens:N0} tokens in {results[0].Quality.Windows} windows; error feedback calibrated on the model's own text, seed {seed}.");
    }
}
