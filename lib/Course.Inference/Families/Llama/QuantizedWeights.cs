using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama;

/// <summary>
/// The weights of a Llama-style model with quantised matrices. Gains are not quantised, nor is the embedding, of which a step reads only
/// one row per token.
/// </summary>
/// <param name="Tensors">Embedding and gains, by checkpoint name.</param>
/// <param name="Matrices">
/// All projections, by checkpoint name, and the head as <c>lm_head.weight</c>; if it is tied, the head is a
/// quantised copy of the embedding.
/// </param>
public sealed record QuantizedWeights(
    IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, IQuantizedMatrix> Matrices) : IDisposable
{
    /// <summary>Quantises every matrix on its own, rounding to nearest.</summary>
    /// <param name="c">The model's configuration.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; the caller keeps them.</param>
    /// <param name="format">The format of the quantised matrices.</param>
    /// <exception cref="CourseException">The tensors do not fit the configuration, or a matrix cannot have this format.</exception>
    public static QuantizedWeights From(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, WeightFormat format) =>
        From(c, tensors, (_, weight) => format.Quantize(weight));

    /// <summary>
    /// Quantises to int4 with <see cref="ErrorFeedback"/>, which compensates rounding errors by other weights as far as the calibration
    /// text allows.
    /// </summary>
    /// <param name="c">The model's configuration.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; the caller keeps them.</param>
    /// <param name="moment">Returns the second moment [in, in] of a matrix's inputs, by its name: a calibration's <c>Moment</c>.</param>
    /// <param name="groupSize">Inputs that share a scale: 32 or 64.</param>
    /// <exception cref="CourseException">The tensors do not fit the configuration, or a matrix cannot have this format.</exception>
    public static QuantizedWeights From(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Func<string, Tensor> moment, int groupSize = Int4Matrix.Block) =>
        From(c, tensors, (name, weight) => ErrorFeedback.Quantize(weight, moment(name), groupSize));

    /// <param name="c">The model's configuration.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; the caller keeps them.</param>
    /// <param name="quantize">Quantises a matrix, given its name and its weights.</param>
    public static QuantizedWeights From(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Func<string, Tensor, IQuantizedMatrix> quantize)
    {
        LlamaLayout.RequireFit(c, "The tensors to quantise", tensors.Keys, name => tensors[name].shape);
        var matrices = new Dictionary<string, IQuantizedMatrix>(StringComparer.Ordinal);
        try
        {
            foreach (var name in LlamaLayout.Projections(c))
                matrices.Add(name, Named(
                    name, () => quantize(name, tensors[name == LlamaLayout.Head && c.TiedEmbeddings ? LlamaLayout.Embedding : name])));
            using var scope = NewDisposeScope();
            return new(
                tensors.Where(pair => !matrices.ContainsKey(pair.Key))
                    .ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().DetachFromDisposeScope()),
                matrices);
        }
        catch
        {
            foreach (var matrix in matrices.Values)
                matrix.Dispose();
            throw;
        }
    }

    /// <exception cref="FileException">A weight is missing or of another shape.</exception>
    internal void RequireFit(LlamaConfiguration c) => LlamaLayout.RequireFit(
        c with { TiedEmbeddings = false }, "The quantised weights", Tensors.Keys.Concat(Matrices.Keys),
        name => Matrices.TryGetValue(name, out var matrix) ? [matrix.Outputs, matrix.Inputs] : Tensors[name].shape);

    /// <summary>Bytes of all weights, scales included.</summary>
    public long Bytes => Tensors.Values.Sum(Parts.Bytes) + Matrices.Values.Sum(matrix => matrix.Bytes);

    /// <summary>A copy on <paramref name="device"/>, with embedding and gains in <paramref name="type"/>.</summary>
    public QuantizedWeights To(Device device, ScalarType type)
    {
        using var scope = NewDisposeScope();
        return new(
            Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(type, device, copy: true).DetachFromDisposeScope()),
            Matrices.ToDictionary(pair => pair.Key, pair => pair.Value.To(device)));
    }

    /// <summary>
    /// Every weight in Float32, by checkpoint name: the weights of an ordinary model that computes the same. They belong to the caller.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> Dequantize(LlamaConfiguration c) => LlamaLayout.Of(c).ToDictionary(
        slot => slot.Name,
        slot => Matrices.TryGetValue(slot.Name, out var matrix)
            ? matrix.Dequantize()
            : Tensors[slot.Name].to(ScalarType.Float32, copy: true));

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
            tensor.Dispose();
        foreach (var matrix in Matrices.Values)
            matrix.Dispose();
    }

    private static IQuantizedMatrix Named(string name, Func<IQuantizedMatrix> quantize)
    {
        try
        {
            return quantize();
        }
        catch (CourseException e)
        {
            throw new CourseException($"\"{name}\": {e.Message}", e);
        }
    }
}
