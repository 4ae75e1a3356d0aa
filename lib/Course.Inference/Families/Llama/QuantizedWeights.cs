using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama;

/// <summary>
/// The weights of a Llama-style model whose matrices are quantised. The embedding, of which a step reads one row per token, and
/// the gains stay as they are.
/// </summary>
/// <param name="Tensors">Embedding and gains, by checkpoint name.</param>
/// <param name="Matrices">All projections, by checkpoint name, and the head as <c>lm_head.weight</c>: also where it is the embedding,
/// as a quantised copy.</param>
public sealed record QuantizedWeights(
    IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, IQuantizedMatrix> Matrices) : IDisposable
{
    /// <summary>Every matrix by itself, to nearest.</summary>
    /// <param name="c">The shape.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; they stay the caller's.</param>
    /// <param name="format">What the matrices become.</param>
    /// <exception cref="CourseException">The tensors do not fit, or a matrix cannot be kept in this format.</exception>
    public static QuantizedWeights From(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, WeightFormat format) =>
        From(c, tensors, (_, weight) => format.Quantize(weight));

    /// <summary>
    /// Int4 with <see cref="ErrorFeedback"/>: rounding errors are made good where the text that was observed makes it possible.
    /// </summary>
    /// <param name="c">The shape.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; they stay the caller's.</param>
    /// <param name="moment">[in, in], of each matrix by its name: a calibration's <c>Moment</c>.</param>
    /// <param name="groupSize">Inputs that share a scale: 32 or 64.</param>
    /// <exception cref="CourseException">The tensors do not fit, or a matrix cannot be kept in this format.</exception>
    public static QuantizedWeights From(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Func<string, Tensor> moment, int groupSize = Int4Matrix.Block) =>
        From(c, tensors, (name, weight) => ErrorFeedback.Quantize(weight, moment(name), groupSize));

    /// <param name="c">The shape.</param>
    /// <param name="tensors">Every tensor of <see cref="LlamaLayout"/>, by name; they stay the caller's.</param>
    /// <param name="quantize">Of each matrix by its name.</param>
    public static QuantizedWeights From(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, Func<string, Tensor, IQuantizedMatrix> quantize)
    {
        LlamaLayout.RequireFit(c, "The tensors to quantise", tensors.Keys, name => tensors[name].shape);
        var matrices = new Dictionary<string, IQuantizedMatrix>(StringComparer.Ordinal);
        try
        {
            foreach (var name in LlamaLayout.Projections(c))
                matrices.Add(
                    name,
                    Named(name,
                        () => quantize(name, tensors[name == LlamaLayout.Head && c.TiedEmbeddings ? LlamaLayout.Embedding : name])));
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

    /// <summary>Bytes held, scales included.</summary>
    public long Bytes => Tensors.Values.Sum(Parts.Bytes) + Matrices.Values.Sum(matrix => matrix.Bytes);

    /// <summary>A copy on <paramref name="device"/>, its embedding and gains in <paramref name="type"/>.</summary>
    public QuantizedWeights To(Device device, ScalarType type)
    {
        using var scope = NewDisposeScope();
        return new(
            Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(type, device, copy: true).DetachFromDisposeScope()),
            Matrices.ToDictionary(pair => pair.Key, pair => pair.Value.To(device)));
    }

    /// <summary>
    /// Every weight in Float32 by its checkpoint name, the caller's: an ordinary model of what the quantised one stands for.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> Dequantize(LlamaConfiguration c) =>
        LlamaLayout.Of(c)
            .ToDictionary(slot => slot.Name,
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
