using Course.Inference.Families.Llama;
using Course.Inference.Files;
using Course.Inference.Quantization;
using static Course.Inference.Files.CheckpointFile;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Reads models of llama.cpp's architecture <c>llama</c> from GGUF files with F32, F16, Q8_0 and Q4_0 tensors.</summary>
public static class GgufImport
{
    /// <summary>Reads the configuration and checks the file's tensors against it.</summary>
    /// <exception cref="FileException">The file is damaged, or is not a Llama that this project runs.</exception>
    public static LlamaConfiguration ReadConfiguration(string path)
    {
        using var file = GgufFile.Open(path);
        return Configuration(file);
    }

    /// <summary>
    /// Reads every tensor by its checkpoint name, into host memory and the caller's dispose scope. Quantised tensors are widened to
    /// Float32, which is exact.
    /// </summary>
    /// <inheritdoc cref="ReadConfiguration" path="/exception"/>
    internal static (LlamaConfiguration Configuration, Dictionary<string, Tensor> Tensors) Read(string path, long leastBytes)
    {
        using var file = GgufFile.Open(path);
        var c = Configuration(file);
        FreeMemory.Require(path, file.Header.Entries.Values.Sum(entry => Math.Max(leastBytes, HeldBytes(entry.Type)) * Count(entry)));
        return (c, LlamaGguf.Names(c).Where(name => Holds(file, name.Theirs))
            .ToDictionary(name => name.Ours, name => InModelOrder(c, name, file.Read(name.Theirs)), StringComparer.Ordinal));
    }

    /// <summary>
    /// Reads a model whose matrices are all Q4_0, bit for bit, as int4 with groups of 32. The embedding is widened; a tied head is read
    /// again as int4.
    /// </summary>
    /// <exception cref="FileException">The file is damaged, is not a Llama, or has a matrix of another type.</exception>
    public static (LlamaConfiguration Configuration, QuantizedWeights Weights) ReadInt4(string path)
    {
        using var scope = NewDisposeScope();
        using var file = GgufFile.Open(path);
        var c = Configuration(file);
        var names = LlamaGguf.Names(c).ToDictionary(name => name.Ours, StringComparer.Ordinal);
        if (c.TiedEmbeddings)
            names[LlamaLayout.Head] = new(LlamaLayout.Head, LlamaGguf.Embedding);
        foreach (var name in LlamaLayout.Projections(c))
            if (file.Header.Entries[names[name].Theirs].Type is var type && type != GgufType.Q4_0)
                throw new FileException(path, $"tensor {Quote(names[name].Theirs)} is {type.Name}, where Q4_0 was expected.",
                    "Load it as an ordinary model and quantise that.");
        FreeMemory.Require(
            path, file.Header.Entries.Values.Sum(entry => entry.Type == GgufType.Q4_0 ? entry.Bytes : Count(entry) * sizeof(float)));
        var matrices = new Dictionary<string, IQuantizedMatrix>(StringComparer.Ordinal);
        try
        {
            foreach (var name in LlamaLayout.Projections(c))
                matrices.Add(name, InModelOrder(c, names[name], file.ReadInt4(names[name].Theirs)));
            return (c, new(
                names.Values.Where(name => !matrices.ContainsKey(name.Ours))
                    .ToDictionary(name => name.Ours, name => file.Read(name.Theirs).to(ScalarType.Float32).DetachFromDisposeScope()),
                matrices));
        }
        catch
        {
            foreach (var matrix in matrices.Values)
                matrix.Dispose();
            throw;
        }
    }

    private static LlamaConfiguration Configuration(GgufFile file)
    {
        var entries = file.Header.Entries;
        var c = LlamaGgufKeys.Configuration(file.Path, file.Header);
        var ours = LlamaGguf.Names(c).ToDictionary(name => name.Theirs, name => name.Ours, StringComparer.Ordinal);
        var theirs = LlamaGguf.Names(c).ToDictionary(name => name.Ours, name => name.Theirs, StringComparer.Ordinal);
        LlamaLayout.RequireFit(
            c, file.Path, entries.Keys.Select(name => ours.GetValueOrDefault(name, name)),
            name => entries[theirs.GetValueOrDefault(name, name)].Shape);
        return c;
    }

    /// <summary>Bytes of an element after reading.</summary>
    private static int HeldBytes(GgufType type) => type == GgufType.F16 ? 2 : sizeof(float);

    private static long Count(GgufEntry entry) => entry.Shape.Aggregate(1L, (product, size) => product * size);

    private static bool Holds(GgufFile file, string name) => file.Header.Entries.ContainsKey(name);

    private static Tensor InModelOrder(LlamaConfiguration c, GgufName name, Tensor weight) =>
        LlamaGguf.ModelOrder(c, name) is { } rows ? weight.index_select(0, tensor(rows)) : weight;

    private static Int4Matrix InModelOrder(LlamaConfiguration c, GgufName name, Int4Matrix matrix)
    {
        if (LlamaGguf.ModelOrder(c, name) is not { } rows)
            return matrix;
        using (matrix)
            return new(matrix.Nibbles.index_select(0, tensor(rows)), matrix.Scales.index_select(0, tensor(rows)), matrix.GroupSize);
    }
}
