using System.CommandLine;
using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Cli.Verbs;

/// <summary>`course export`: writes a model as a GGUF file, which llama.cpp runs too.</summary>
internal static class ExportVerb
{
    private static readonly Option<string?> Model = Options.Path("--model",
        "A checkpoint folder, a GGUF file or a llama2.c file; the bundled target by default.");
    private static readonly Option<string?> Format = Options.OneOf("--format", "The file format; gguf is the only one.", "gguf");
    private static readonly Option<string?> Type = Options.OneOf(
        "--type", "The type of the written weights; q8_0 by default.", "f32", "f16", "q8_0", "q4_0");
    private static readonly Option<bool> Calibrate = new("--calibrate")
    {
        Description = "With q4_0: quantise by GPTQ, calibrated on text that the model generates.",
    };
    private static readonly Option<string> Output = Options.RequiredPath("--out", "The file to write.");

    public static Command Build()
    {
        var command = new Command("export", "Write a model as GGUF.") { Model, Format, Type, Calibrate, Output };
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var (path, type, file) = (
            parsed.GetValue(Model) ?? Bundled.Target, GgufType.Named(parsed.GetValue(Type) ?? "q8_0"), parsed.GetValue(Output)!);
        if (parsed.GetValue(Calibrate) && type != GgufType.Q4_0)
            throw new CourseException($"--calibrate needs --type q4_0; {type.Name} is rounded to nearest.");
        var tokenizer = TokenizerFile.Load(path);
        using var scope = NewDisposeScope();
        var (c, tensors) = Checkpoint.Read(path);
        if (parsed.GetValue(Calibrate))
            ExportCalibrated(path, file, c, tensors, tokenizer);
        else
            GgufExport.Write(file, c, tensors, type, tokenizer);
        Console.WriteLine($"{file}: {type.Name}, {new FileInfo(file).Length:N0} bytes");
    }

    private static void ExportCalibrated(
        string path, string file, LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> stored, ITokenizer tokenizer)
    {
        var tensors = stored.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32));
        using var model = Models.LoadReadable(path);
        using var calibration = Calibration.OnSelfGeneratedText(model, tensors);
        using var weights = QuantizedWeights.From(c, tensors, calibration.Moment);
        GgufExport.Write(file, c, weights, tokenizer);
    }
}
