using System.Globalization;
using Course.Inference;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Speculation;
using static TorchSharp.torch;

namespace Course.Cli.Generating;

/// <summary>Speculation as `--speculate`, `--gamma` and `--tree` describe it.</summary>
internal static class Drafting
{
    /// <summary>The drafter that the request names; the caller disposes of it.</summary>
    /// <exception cref="CourseException">There is no such drafter, or its model does not load.</exception>
    public static NamedDrafter? Load(GenerationRequest request, string path, Device device) => request.Speculate is { } choice
        ? Drafters.Load(choice, new(path, device, GenerationModel.Format(request.Precision), request.Backend))
        : null;

    /// <summary>The decoder that the request describes.</summary>
    /// <exception cref="CourseException">Its draft length or its tree is not valid.</exception>
    public static IDecoder MakeDecoder(NamedDrafter drafter, ILanguageModel target, GenerationRequest request, Device device) =>
        new SpeculativeDecoder(
            target, drafter.Drafter,
            request.Tree is { } tree ? new() { Shape = TreeShape.Parse(tree) } : Chain(drafter, target, request, device));

    /// <summary>How to speculate: a fixed γ, or one chosen from times measured now.</summary>
    private static SpeculationOptions Chain(NamedDrafter drafter, ILanguageModel target, GenerationRequest request, Device device) =>
        request.Gamma switch
        {
            null => new(),
            "auto" => new() { DraftLength = Math.Min(16, target.ContextLength - 1), Length = AdaptiveLength(drafter, target, request, device) },
            var gamma when int.TryParse(gamma, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fixedLength) =>
                new() { DraftLength = fixedLength },
            var gamma => throw new CourseException($"--gamma {gamma}: expected a number of tokens, or auto."),
        };

    private static Func<IDraftLength> AdaptiveLength(NamedDrafter drafter, ILanguageModel target, GenerationRequest request, Device device)
    {
        // A long warm-up: code that the runtime has not optimised yet adds the same time to every call, which makes the draft's calls look
        // expensive.
        var meter = new LatencyMeter(device, MeasurementOptions.Quick with { WarmUps = 40 });
        var costs = new SpeculationCosts(
            CallTimes.Measure(target, [1, 2, 4, 8], request.Options.Sampling, meter),
            drafter.Model is null ? CallTimes.None : CallTimes.Measure(drafter.Model, [1], request.Options.Sampling, meter));
        return () => new AdaptiveDraftLength(costs);
    }
}
