using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Devices;
using Course.Inference.Families.Llama;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;
using Spectre.Console;

namespace Course.Cli.Generating;

/// <summary>Loads the models of a request, generates, and streams the text or writes a report at the end.</summary>
internal static class Generation
{
    /// <summary>Runs the request. Cancellation ends the text where it is, with the exit code of an interrupt.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(GenerationRequest request, TextWriter output, CancellationToken cancel)
    {
        RequireSpeculation(request);
        request.Options.Validated(); // before a large model is loaded in vain
        var path = request.Model ?? Bundled.Target;
        var device = request.Device is null ? ComputeDevice.Current() : ComputeDevice.Resolve(request.Device);
        var tokenizer = TokenizerFile.Load(path);
        using var model = GenerationModel.Load(request, path, device);
        tokenizer.RequireFits(model, path);
        using var drafter = Drafting.Load(request, path, device);
        var decoder = drafter is null ? request.MakeDecoder(model) : Drafting.MakeDecoder(drafter, model, request, device);
        var run = new TextGenerator(tokenizer, decoder)
            .Generate(request.Prompt, request.Options, new SeededRandomness(request.Seed), request.StopTexts, cancel);

        var console = Terminal.Unwrapped(output);
        var toPerson = request.ToTerminal && !request.Json;
        if (toPerson)
            console.Write(new Text(SafeText.Lines(request.Prompt, int.MaxValue), new Style(decoration: Decoration.Bold)));
        foreach (var piece in run)
            if (!request.Json && !request.Origins)
                output.Write(toPerson ? SafeText.Lines(piece, int.MaxValue) : piece); // a model may have learnt terminal escape sequences
        if (!request.Json && request.Origins && run.Decoding is SpeculativeRun speculative)
            OriginText.Write(console, speculative, tokenizer);
        else
            output.WriteLine(request.Json ? GenerationReport.Of(request, path, $"{device}", run, tokenizer).ToJson() : "");
        if (toPerson)
            console.Write(new Text($"{Pace(run.Decoding, model)}\n", new Style(decoration: Decoration.Dim)));
        return run.Decoding.Stopped == StopReason.Cancelled ? Interruption.Interrupted : 0;
    }

    /// <summary>Speed and cost of the run, in one line.</summary>
    private static string Pace(DecodingRun run, ILlamaModel model)
    {
        var tokens = run.Tokens;
        var afterFirst = tokens.Count > 1 ? (tokens[^1].At - tokens[0].At).TotalSeconds : 0;
        string[] figures =
        [
            Counted.Of(tokens.Count, "token"),
            .. afterFirst > 0 ? [FormattableString.Invariant($"{(tokens.Count - 1) / afterFirst:0} tokens/s")] : Array.Empty<string>(),
            .. run.TimeToFirstToken is { } first ? [$"the first after {Quantity.Seconds(first.TotalSeconds)}"] : Array.Empty<string>(),
            $"{Quantity.Bytes(model.Cost(1, 1, 0).WeightBytes)} of weights",
        ];
        return string.Join(" · ", figures);
    }

    private static void RequireSpeculation(GenerationRequest request)
    {
        if (request.Speculate is null && (request.Gamma is not null || request.Tree is not null || request.Origins))
            throw new CourseException(
                $"--gamma, --tree and --origins need a drafter. Add --speculate with {Drafters.Choices}.");
        if (request.Gamma is not null && request.Tree is not null)
            throw new CourseException(
                "--gamma sets the length of a chain of draft tokens and --tree the shape of a tree. Give one of them.");
        if (request.Tree is { } tree)
            TreeShape.Parse(tree); // before a large model is loaded in vain
    }
}
