using System.Text.Json;
using Course.Inference.Checkpoints.Safetensors;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// The checkpoints of a run. The tensors are written first; <c>state.json</c>, which names the current ones, is written last and
/// atomically. So a full disk or a power failure leaves the previous checkpoint intact.
/// </summary>
public sealed class RunFolder(string path)
{
    private const string WeightsPrefix = "weights/", OptimizerPrefix = "optimizer/";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public string Location { get; } = path;

    public bool CanResume => File.Exists(StateFile);

    private string StateFile => Path.Combine(Location, "state.json");

    private string BestFile => Path.Combine(Location, "best.safetensors");

    /// <exception cref="CourseException">The disk is full or the folder is not writable.</exception>
    public void Save(RunState state, IReadOnlyDictionary<string, Tensor> weights, Optimizer optimizer)
    {
        AtomicFile.CreateFolder(Location);
        SafetensorsWriter.Write(TensorsOf(state), All(weights, optimizer), ScalarType.Float32);
        AtomicFile.Write(StateFile, stream => JsonSerializer.Serialize(stream, state, Json));
        foreach (var old in Directory.GetFiles(Location, "step-*.safetensors").Where(file => file != TensorsOf(state)))
            File.Delete(old);
    }

    /// <inheritdoc cref="Save" path="/exception"/>
    public void SaveBest(IReadOnlyDictionary<string, Tensor> weights)
    {
        AtomicFile.CreateFolder(Location);
        SafetensorsWriter.Write(BestFile, weights, ScalarType.Float32);
    }

    /// <summary>Loads the latest checkpoint into these tensors.</summary>
    /// <exception cref="CourseException">There is no checkpoint, or it belongs to a run with another shape or optimiser.</exception>
    public RunState Load(IReadOnlyDictionary<string, Tensor> weights, Optimizer optimizer)
    {
        var state = ReadState();
        CopyInto(All(weights, optimizer), TensorsOf(state));
        return state;
    }

    public RunState ReadState()
    {
        if (!CanResume)
            throw new CourseException($"{Location} has no checkpoint to resume from. Start the run without --resume.");
        try
        {
            using var stream = File.OpenRead(StateFile);
            return JsonSerializer.Deserialize<RunState>(stream) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new CourseException($"{StateFile} is damaged ({e.Message}). Delete {Location} and start the run again.", e);
        }
    }

    /// <summary>Loads the weights of the latest checkpoint into these tensors.</summary>
    public void LoadLast(IReadOnlyDictionary<string, Tensor> weights) =>
        CopyInto(weights.ToDictionary(pair => WeightsPrefix + pair.Key, pair => pair.Value), TensorsOf(ReadState()));

    /// <summary>Loads the weights with the lowest held-out loss into these tensors.</summary>
    public void LoadBest(IReadOnlyDictionary<string, Tensor> weights) => CopyInto(weights, BestFile);

    private string TensorsOf(RunState state) => Path.Combine(Location, $"step-{state.Step:D6}.safetensors");

    private static Dictionary<string, Tensor> All(IReadOnlyDictionary<string, Tensor> weights, Optimizer optimizer) => weights
        .Select(pair => KeyValuePair.Create(WeightsPrefix + pair.Key, pair.Value))
        .Concat(optimizer.State.Select(pair => KeyValuePair.Create(OptimizerPrefix + pair.Key, pair.Value)))
        .ToDictionary();

    private static void CopyInto(IReadOnlyDictionary<string, Tensor> targets, string file)
    {
        using var guard = no_grad();
        using var source = SafetensorsFile.Open(file);
        foreach (var (name, target) in targets)
        {
            if (!source.Entries.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(target.shape))
                throw new CourseException(
                    $"{file} does not fit this run: it needs {name} as [{string.Join(", ", target.shape)}]. Resume with the options that " +
                    "the run was started with, or start again.");
            using var value = source.Read(name);
            target.copy_(value);
        }
    }
}
