using System.Globalization;
using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Families.Llama;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Trees;
using static TorchSharp.torch;

namespace Course.Cli.Generating;

/// <summary>The drafter that `--speculate` names, together with its model, if it has one.</summary>
internal sealed class Drafting : IDisposable
{
    public const string Choices = "lookup, draft, draft:FOLDER, int4 or early:LAYERS";
    private const string Draft = "draft", Early = "early";

    private readonly ILlamaModel? model;

    private Drafting(ILlamaModel? model) => this.model = model;

    private IDrafter Drafter => model is null ? new PromptLookupDrafter() : new ModelDrafter(model);

    private ITreeDrafter TreeDrafter => model is null ? new PromptLookupTreeDrafter() : new ModelTreeDrafter(model);

    /// <summary>The decoder that the request describes.</summary>
    /// <exception cref="CourseException">Its draft length or its tree is not valid.</exception>
    public IDecoder MakeDecoder(ILanguageModel target, GenerationRequest request, Device device) => request.Tree is { } tree
        ? new TreeSpeculativeDecoder(target, TreeDrafter, new() { Shape = TreeShape.Parse(tree) })
        : new SpeculativeDecoder(target, Drafter, Options(request.Gamma, target, request, device));

    /// <summary>Loads the drafter.</summary>
    /// <param name="choice">One of <see cref="Choices"/>.</param>
    /// <param name="request">The request, which names the backend.</param>
    /// <param name="path">The target's checkpoint.</param>
    /// <param name="device">The device that computes.</param>
    /// <exception cref="CourseException">There is no such drafter, or its model does not load.</exception>
    public static Drafting Load(string choice, GenerationRequest request, string path, Device device) => choice.Split(':', 2) switch
    {
        ["lookup"] => new(null),
        [Draft] => new(GenerationModel.Load(request, Bundled.Draft, device)),
        [Draft, var folder] => new(GenerationModel.Load(request, folder, device)),
        ["int4"] => new(GenerationModel.Load(request with { Precision = PrecisionKind.Int4 }, path, device)),
        [Early, var layers] when int.TryParse(layers, NumberStyles.None, CultureInfo.InvariantCulture, out var count) =>
            new(FirstLayers(request, path, device, count)),
        _ => throw new CourseException($"--speculate {choice}: expected {Choices}."),
    };

    /// <summary>The options: a fixed γ, or one that is chosen from times measured now.</summary>
    private SpeculationOptions Options(string? gamma, ILanguageModel target, GenerationRequest request, Device device) => gamma switch
    {
        null => new(),
        "auto" => new() { DraftLength = Math.Min(16, target.ContextLength - 1), Length = AdaptiveLength(target, request, device) },
        _ when int.TryParse(gamma, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fixedLength) =>
            new() { DraftLength = fixedLength },
        _ => throw new CourseException($"--gamma {gamma}: expected a number of tokens, or auto."),
    };

    private Func<IDraftLength> AdaptiveLength(ILanguageModel target, GenerationRequest request, Device device)
    {
        // A long warm-up: code that the runtime has not optimised yet adds the same time to every call, which makes the draft's calls look
        // expensive.
        var meter = new LatencyMeter(device, MeasurementOptions.Quick with { WarmUps = 40 });
        var costs = new SpeculationCosts(
            CallTimes.Measure(target, [1, 2, 4, 8], request.Options.Sampling, meter),
            model is null ? CallTimes.None : CallTimes.Measure(model, [1], request.Options.Sampling, meter));
        return () => new AdaptiveDraftLength(costs);
    }

    private static ILlamaModel FirstLayers(GenerationRequest request, string path, Device device, int layers)
    {
        using var scope = NewDisposeScope();
        var (whole, tensors) = Checkpoint.Read(path);
        var (configuration, first) = EarlyExit.FirstLayers(whole, tensors, layers);
        return Models.Of(configuration, first, device, backend: request.Backend);
    }

    public void Dispose() => model?.Dispose();
}
