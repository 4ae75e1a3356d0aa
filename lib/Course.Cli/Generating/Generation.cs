using Course.Inference.Decoding;
using Course.Inference.Devices;
using Course.Inference.Models;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;

namespace Course.Cli.Generating;

/// <summary>Loads what a request names, generates, and writes the text as it comes or a report when it is done.</summary>
internal static class Generation
{
    /// <summary>Cancelling ends the text where it is; what was written stands, and the exit code is that of an interrupt.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(GenerationRequest request, TextWriter output, CancellationToken cancel)
    {
        request.Options.Validated(); // before a large model is loaded for nothing
        var path = request.Model ?? Bundled.Target;
        var device = request.Device is null ? ComputeDevice.Current() : ComputeDevice.Resolve(request.Device);
        var tokenizer = TokenizerFile.Load(path);
        using var model = GenerationModel.Load(request, path, device);
        tokenizer.RequireFits(model, path);
        var run = new TextGenerator(tokenizer, request.MakeDecoder(model))
            .Generate(request.Prompt, request.Options, new SeededRandomness(request.Seed), request.StopTexts, cancel);

        foreach (var piece in run)
            if (!request.Json)
                output.Write(piece);
        output.WriteLine(request.Json ? GenerationReport.Of(request, path, $"{device}", run, tokenizer).ToJson() : "");
        return run.Decoding.Stopped == StopReason.Cancelled ? CourseCommand.Cancelled : 0;
    }
}
