using Course.Inference.Kernels;
using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Models;

/// <summary>One layer as kernels read it. Norm gains are [D].</summary>
internal sealed unsafe record FusedLayer(
    nint AttentionNorm, KernelMatrix Query, KernelMatrix Key, KernelMatrix Value, KernelMatrix Output,
    nint MlpNorm, KernelMatrix Gate, KernelMatrix Up, KernelMatrix Down);

/// <summary>A model's weights as kernels read them, and the tensors whose memory that is.</summary>
internal sealed unsafe class FusedLlamaModelWeights : IDisposable
{
    private readonly List<IDisposable> owned = [];

    /// <summary>Float32: the matrices are read where the tensors have them.</summary>
    public FusedLlamaModelWeights(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors)
        : this(c, tensors, new Dictionary<string, IQuantizedMatrix>())
    {
    }

    /// <summary>Quantised: int8 is read where it is; int4 is reordered, and the original let go.</summary>
    public FusedLlamaModelWeights(LlamaConfiguration c, QuantizedWeights weights) : this(c, weights.Tensors, weights.Matrices)
    {
    }

    private FusedLlamaModelWeights(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, IQuantizedMatrix> matrices)
    {
        var floats = tensors.ToDictionary(pair => pair.Key, pair => Own(pair.Value), StringComparer.Ordinal);
        KernelMatrix Matrix(string name)
        {
            var matrix = matrices.TryGetValue(name, out var quantised) ? Of(quantised) : Of(floats[name]);
            owned.Add(matrix);
            return matrix;
        }

        nint Gain(string name) => Address(floats[name]);
        Layers = [.. Enumerable.Range(0, c.Layers).Select(layer =>
        {
            string Name(string part) => LlamaLayout.Layer(layer, part);
            return new FusedLayer(
                Gain(Name("input_layernorm")),
                Matrix(Name("self_attn.q_proj")), Matrix(Name("self_attn.k_proj")), Matrix(Name("self_attn.v_proj")), Matrix(Name("self_attn.o_proj")),
                Gain(Name("post_attention_layernorm")),
                Matrix(Name("mlp.gate_proj")), Matrix(Name("mlp.up_proj")), Matrix(Name("mlp.down_proj")));
        })];
        (embedding, FinalNorm) = (Gain(LlamaLayout.Embedding), Gain(LlamaLayout.FinalNorm));
        Head = Matrix(c.TiedEmbeddings && !matrices.ContainsKey(LlamaLayout.Head) ? LlamaLayout.Embedding : LlamaLayout.Head);
    }

    private readonly nint embedding;

    /// <summary>[V, D]</summary>
    public float* Embedding => (float*)embedding;

    public IReadOnlyList<FusedLayer> Layers { get; }

    /// <summary>[D]</summary>
    public nint FinalNorm { get; }

    /// <summary>D → V</summary>
    public KernelMatrix Head { get; }

    public void Dispose()
    {
        foreach (var part in owned)
            part.Dispose();
    }

    /// <summary>As contiguous Float32 in host memory: itself, or a copy in its stead.</summary>
    private Tensor Own(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var fit = tensor.to(ScalarType.Float32, CPU).contiguous().DetachFromDisposeScope();
        tensor.Dispose();
        owned.Add(fit);
        return fit;
    }

    private KernelMatrix Of(IQuantizedMatrix matrix)
    {
        switch (matrix)
        {
            case Int8Matrix int8:
                owned.Add(int8);
                return new Int8RowsMatrix((sbyte*)Address(int8.Values), (float*)Address(int8.Scales), int8.Outputs, int8.Inputs);
            case Int4Matrix int4:
                using (int4)
                    return new Int4PanelsMatrix((byte*)Address(int4.Nibbles), (ushort*)Address(int4.Scales), int4.Outputs, int4.Inputs, int4.GroupSize);
            default:
                throw new CourseException($"There is no fused kernel for a {matrix.GetType().Name}. Quantise to int8 or int4, or take the plain LlamaModel.");
        }
    }

    private static FloatMatrix Of(Tensor weight) => new((float*)Address(weight), (int)weight.shape[0], (int)weight.shape[1]);

    /// <summary>Of the first element. Asked of the first slice: a span of a whole embedding may have more bytes than a span can count.</summary>
    private static nint Address(Tensor tensor)
    {
        using var slice = tensor.select(0, 0);
        fixed (byte* first = slice.bytes)
            return (nint)first;
    }
}
