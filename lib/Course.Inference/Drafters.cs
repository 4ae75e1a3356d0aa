using System.Globalization;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Families.Llama;
using Course.Inference.Quantization;
using Course.Inference.Speculation;
using static TorchSharp.torch;

namespace Course.Inference;

/// <summary>What drafters are made of.</summary>
/// <param name="Target">The target's checkpoint.</param>
/// <param name="Device">Where a draft model computes.</param>
/// <param name="Format">
/// What a draft model's matrices are quantised to, where the drafter does not say itself; null for as they are.
/// </param>
/// <param name="Backend">Who computes.</param>
public sealed record DraftSource(string Target, Device Device, WeightFormat? Format = null, Backend Backend = Backend.Auto)
{
    internal NamedDrafter Model(string path, WeightFormat? format) => new(Models.Load(path, Device, format, Backend));

    internal NamedDrafter FirstLayers(int layers)
    {
        using var scope = NewDisposeScope();
        var (whole, tensors) = Checkpoint.Read(Target);
        var (configuration, first) = EarlyExit.FirstLayers(whole, tensors, layers);
        return new(Models.Of(configuration, first, Device, backend: Backend));
    }
}

/// <summary>A drafter that was asked for by name, and its model, which goes with it.</summary>
/// <param name="drafter">Proposes tokens.</param>
/// <param name="model">Null for one that has none.</param>
public sealed class NamedDrafter(IDrafter drafter, ILlamaModel? model = null) : IDisposable
{
    internal NamedDrafter(ILlamaModel model) : this(new ModelDrafter(model), model)
    {
    }

    public IDrafter Drafter => drafter;

    /// <summary>The draft model; null for a drafter that has none.</summary>
    public ILlamaModel? Model => model;

    public void Dispose() => model?.Dispose();
}

/// <summary>Every drafter by its name, for the command line and the benchmarks. A new one is its file and a line here.</summary>
public static class Drafters
{
    private static readonly (string Name, Func<DraftSource, string, NamedDrafter?> Make)[] All =
    [
        ("lookup", (_, _) => new(new PromptLookupDrafter())),
        ("draft", (from, _) => from.Model(Bundled.Draft, from.Format)),
        ("draft:FOLDER", (from, folder) => from.Model(folder, from.Format)),
        ("int4", (from, _) => from.Model(from.Target, WeightFormat.Int4())),
        ("early:LAYERS", (from, layers) => int.TryParse(layers, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? from.FirstLayers(count) : null),
    ];

    /// <summary>The names, as they are typed.</summary>
    public static string Choices { get; } = $"{string.Join(", ", All.SkipLast(1).Select(drafter => drafter.Name))} or {All[^1].Name}";

    /// <summary>Loads a drafter; the caller disposes of it.</summary>
    /// <param name="choice">One of <see cref="Choices"/>, with a value in the place of what is written large.</param>
    /// <param name="source">What it is made of.</param>
    /// <exception cref="CourseException">There is no such drafter, or its model does not load.</exception>
    public static NamedDrafter Load(string choice, DraftSource source)
    {
        var (name, value) = choice.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? (choice[..colon], choice[(colon + 1)..]) : (choice, null);
        var make = All.FirstOrDefault(drafter => drafter.Name.Split(':')[0] == name && drafter.Name.Contains(':', StringComparison.Ordinal) == value is not null).Make;
        return make?.Invoke(source, value ?? "") ?? throw new CourseException($"There is no drafter \"{choice}\": expected {Choices}.");
    }
}
