using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Safetensors;
using Course.Inference.Families.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints;

/// <summary>
/// Reads and writes checkpoints: a folder with <c>config.json</c> and <c>model.safetensors</c> (or its shards) as Hugging Face writes them,
/// or a single file in the format of GGUF or llama2.c.
/// </summary>
public static class Checkpoint
{
    /// <summary>
    /// Reads the configuration and all tensors by name, in host memory, each in the type that the file stores. The tensors belong to the
    /// caller's dispose scope; without one, to the caller.
    /// </summary>
    /// <exception cref="FileException">A part is missing, damaged, of the wrong shape or type, or the model is not a Llama.</exception>
    public static (LlamaConfiguration Configuration, IReadOnlyDictionary<string, Tensor> Tensors) Read(string path) => Read(path, null);

    /// <param name="path">A checkpoint folder, a GGUF file or a llama2.c file.</param>
    /// <param name="becomes">
    /// The type to which the caller will convert the tensors, if known. Memory for it is required before anything is read.
    /// </param>
    internal static (LlamaConfiguration Configuration, IReadOnlyDictionary<string, Tensor> Tensors) Read(string path, ScalarType? becomes)
    {
        using var scope = NewDisposeScope();
        var least = becomes is { } type ? type.ElementSize() : 0L;
        var (configuration, tensors) = FormatOf(path).Read(path, least);
        foreach (var tensor in tensors.Values)
            tensor.MoveToOuterDisposeScope();
        return (configuration, tensors);
    }

    /// <summary>
    /// Writes a checkpoint folder. The weights are written before the configuration, so a folder with a configuration is complete.
    /// </summary>
    /// <param name="folder">The folder. It is created if necessary; files of an earlier checkpoint are replaced.</param>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name, on any device; they are not changed.</param>
    /// <param name="type">The type of the stored weights: Float32, Float16 or BFloat16.</param>
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
            path, "there is no such checkpoint.",
            "Name a folder with a config.json and a model.safetensors, a GGUF file, or a llama2.c file.");
}
