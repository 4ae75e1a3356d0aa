using System.Text.Json;
using static Course.Inference.Files.CheckpointFile;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Safetensors;

/// <summary>The tensors of a checkpoint folder, in one safetensors file or in several shards that an index lists.</summary>
internal sealed class WeightFiles : IDisposable
{
    public const string Single = "model.safetensors";
    public const string Index = "model.safetensors.index.json";

    private readonly string folder;
    private readonly Dictionary<string, SafetensorsFile> files = new(StringComparer.Ordinal);  // by file name
    private readonly Dictionary<string, SafetensorsFile> holders = new(StringComparer.Ordinal); // by tensor

    public WeightFiles(string folder)
    {
        // As in Hugging Face's loader, the single file has precedence. If there is neither, the message names the single file.
        var sharded = File.Exists(Path.Combine(folder, Index)) && !File.Exists(Path.Combine(folder, Single));
        (this.folder, Source) = (folder, Path.Combine(folder, sharded ? Index : Single));
        try
        {
            if (sharded)
                AddShards(Source);
            else
                Add(Single);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file that lists the tensors.</summary>
    public string Source { get; }

    public IEnumerable<string> Names => holders.Keys;

    public SafetensorsEntry Entry(string name) => holders[name].Entries[name];

    /// <summary>The path of the file that holds the tensor, for error messages.</summary>
    public string FileOf(string name) => holders[name].Path;

    public Tensor Read(string name) => holders[name].Read(name);

    public void Dispose()
    {
        foreach (var file in files.Values)
            file.Dispose();
    }

    private void Add(string fileName)
    {
        var file = SafetensorsFile.Open(Path.Combine(folder, fileName));
        files.Add(fileName, file);
        foreach (var name in file.Entries.Keys)
            if (!holders.TryAdd(name, file))
                throw new FileException(file.Path, $"tensor {Quote(name)} is in {Path.GetFileName(holders[name].Path)} as well.",
                    "Keep the shards of one checkpoint only.");
    }

    private void AddShards(string index)
    {
        var shardOf = ReadJson(index, root => ShardOf(index, root));
        foreach (var shard in shardOf.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Add(shard);
        foreach (var (name, shard) in shardOf)
            if (!holders.TryGetValue(name, out var file) || file != files[shard])
                throw new FileException(index, $"tensor {Quote(name)} is not in {Quote(shard)}, where the index puts it.",
                    "Index and shards belong to different checkpoints: download them together.");
    }

    private static Dictionary<string, string> ShardOf(string index, JsonElement root)
    {
        if (!root.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object
            || map.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
            throw new FileException(index, "expected a \"weight_map\" from tensors to file names.", Damaged);
        var shardOf = map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal);
        // A name with a folder in it could reach any file on this machine.
        foreach (var shard in shardOf.Values)
            if (!shard.EndsWith(".safetensors", StringComparison.Ordinal) || shard.AsSpan().IndexOfAny('/', '\\', ':') >= 0
                || shard.Contains('\0', StringComparison.Ordinal))
                throw new FileException(index, $"the shard {Quote(shard)} is not a plain name of a .safetensors file in this folder.",
                    "Do not use this checkpoint unless you trust it; correct the index.");
        return shardOf;
    }
}
