using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Safetensors;
using Course.Inference.Families.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints;

/// <summary>
/// Reads and writes what models are made of: a folder of <c>config.json</c> and <c>model.safetensors</c> (or its shards) as Hugging Face
/// writes them, or a single file: GGUF, or llama2.c's.
/// </summary>
public static class Checkpoint
{
    /// <summary>
    /// The configuration and all tensors by name, in host memory, each in the type of the file. They belong to the caller's dispose scope;
    /// without one, to the caller.
    /// </summary>
    /// <exception cref="FileException">Something is missing, damaged, of the wrong shape or type, or not a Llama.</exception>
    public static (LlamaConfiguration Configuration, IReadOnlyDictionary<string, Tensor> Tensors) Read(string path) => Read(path, null);

    /// <param name="path">A checkpoint folder, a GGUF file or a llama2.c file.</param>
    /// <param name="becomes">What the caller converts the tensors to, if it is known: before anything is read there
    /// must be memory for it.</param>
    internal static (LlamaConfiguration Configuration, IReadOnlyDictionary<string, Tensor> Tensors) Read(string path, ScalarType? becomes)
    {
        using var scope = NewDisposeScope();
        var least = becomes is { } type ? type.ElementSize() : 0L;
        var (configuration, tensors) = FormatOf(path).Read(path, least);
        foreach (var tensor in tensors.Values)
            tensor.MoveToOuterDisposeScope();
        return (configuration, tensors);
    }

    /// <summary>Writes a checkpoint folder. The weights come before the configuration, so a folder with a configuration is whole.</summary>
    /// <param name="folder">Created if need be; files of an earlier checkpoint are replaced.</param>
    /// <param name="configuration">The shape.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name, on any device; they stay as they are.</param>
    /// <param name="type">What the weights are rounded to: Float32, Float16 or BFloat16.</param>
    /// <exception cref="CourseException">The tensors do not fit the configuration, or the folder cannot be written.</exception>
    public static void Save(string folder, LlamaConfiguration configuration, IReadOnlyDictionary<string, Tensor> tensors, ScalarType type)
    {
        LlamaLayout.RequireFit(configuration.Validated(), folder, tensors.Keys, name => tensors[name].shape);
        AtomicFile.CreateFolder(folder);
        SafetensorsWriter.Write(Path.Combine(folder, WeightFiles.Single), tensors, type);
        LlamaConfigurationFile.Write(Path.Combine(folder, LlamaConfigurationFile.FileName), configuration, type);
    }

    private static ICheckpointFormat FormatOf(string path) => Formats.All.FirstOrDefault(format => format.HasModel(path))
        ?? throw new FileException(
        path, "there is no such checkpoint.", "Name a folder with a config.json and a model.safetensors, a GGUF file, or a llama2.c file.");
}
