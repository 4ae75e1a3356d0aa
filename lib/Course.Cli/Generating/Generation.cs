using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Devices;
using Course.Inference.Families.Llama;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Trees;
using Course.Inference.Tokenization;
using Spectre.Console;

namespace Course.Cli.Generating;

/// <summary>Loads what a request names, generates, and writes the text as it comes or a report when it is done.</summary>
internal static class Generation
{
    /// <summary>Cancelling ends the text where it is; what was written stands, and the exit code is that of an interrupt.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(GenerationRequest request, TextWriter output, CancellationToken cancel)
    {
        RequireSpeculation(request);
        request.Options.Validated(); // before a large model is loaded for nothing
        var path = request.Model ?? Bundled.Target;
        var device = request.Device is null ? ComputeDevice.Current() : ComputeDevice.Resolve(request.Device);
        var tokenizer = TokenizerFile.Load(path);
        using var model = GenerationModel.Load(request, path, device);
        tokenizer.RequireFits(model, path);
        using var drafting = request.Speculate is { } choice ? Drafting.Load(choice, request, path, device) : null;
        var decoder = drafting is null ? request.MakeDecoder(model) : drafting.MakeDecoder(model, request, device);
        var run = new TextGenerator(tokenizer, decoder)
            .Generate(request.Prompt, request.Options, new SeededRandomness(request.Seed), request.StopTexts, cancel);

        var console = Terminal.Unwrapped(output);
        var toPerson = request.ToTerminal && !request.Json;
        if (toPerson)
            console.Write(new Text(SafeText.Lines(request.Prompt, int.MaxValue), new Style(decoration: Decoration.Bold)));
        foreach (var piece in run)
            if (!request.Json && !request.Origins)
                output.Write(toPerson ? SafeText.Lines(piece, int.MaxValue) : piece); // a model may have learnt a terminal's own commands
        if (!request.Json && request.Origins && run.Decoding is SpeculativeRun speculative)
            OriginText.Write(console, speculative, tokenizer);
        else
            output.WriteLine(request.Json ? GenerationReport.Of(request, path, $"{device}", run, tokenizer).ToJson() : "");
        if (toPerson)
            console.Write(new Text($"{Pace(run.Decoding, model)}\n", new Style(decoration: Decoration.Dim)));
        return run.Decoding.Stopped == StopReason.Cancelled ? Interruption.Interrupted : 0;
    }

    /// <summary>What it took, in one line.</summary>
    private static string Pace(DecodingRun run, ILlamaModel model)
    {
        var tokens = run.Tokens;
        var behindFirst = tokens.Count > 1 ? (tokens[^1].At - tokens[0].At).TotalSeconds : 0;
        string[] figures =
        [
            Counted.Of(tokens.Count, "token"),
            .. behindFirst > 0 ? [FormattableString.Invariant($"{(tokens.Count - 1) / behindFirst:0} tokens/s")] : Array.Empty<string>(),
            .. run.TimeToFirstToken is { } first ? [$"the first after {Quantity.Seconds(first.TotalSeconds)}"] : Array.Empty<string>(),
            $"{Quantity.Bytes(model.Cost(1, 1, 0).WeightBytes)} of weights",
        ];
        return string.Join(" · ", figures);
    }

    private static void RequireSpeculation(GenerationRequest request)
    {
        if (request.Speculate is null && (request.Gamma is not null || request.Tree is not null || request.Origins))
            throw new CourseException(
                $"--gamma, --tree and --origins are about drafts, and nobody drafts. Say --speculate with {Drafting.Choices}.");
        if (request.Gamma is not null && request.Tree is not null)
            throw new CourseException("--gamma says how long a chain of guesses is and --tree how guesses branch. Give one of them.");
        if (request.Tree is { } tree)
            TreeShape.Parse(tree); // before a large model is loaded for nothing
    }
}
