using Course.Inference.Kernels;
using Course.Inference.Quantization;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>
/// A model's weights in the form that kernels read, in their own memory. They are moved there tensor by tensor, so that hardly more than
/// one tensor is in memory twice.
/// </summary>
internal sealed unsafe class FusedLlamaModelWeights : IDisposable
{
    private readonly WeightMemory memory = new();
    private readonly Dictionary<string, nint> floats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KernelMatrix> matrices = new(StringComparer.Ordinal);
    private readonly nint embedding; // [V, D], or zero if the embedding is the head
    private readonly int width;

    /// <summary>Float32 weights. The tensors are disposed.</summary>
    public FusedLlamaModelWeights(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors)
        : this(c, tensors, new Dictionary<string, IQuantizedMatrix>())
    {
    }

    /// <summary>Quantised weights. The tensors and matrices are disposed.</summary>
    public FusedLlamaModelWeights(LlamaConfiguration c, QuantizedWeights weights) : this(c, weights.Tensors, weights.Matrices)
    {
    }

    private FusedLlamaModelWeights(
        LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, IQuantizedMatrix> quantised)
    {
        RequireKernels(quantised.Values); // before anything is moved
        foreach (var (name, matrix) in quantised)
            using (matrix)
                matrices.Add(name, Move(matrix));
        var tied = !tensors.ContainsKey(LlamaLayout.Head) && !matrices.ContainsKey(LlamaLayout.Head);
        foreach (var (name, tensor) in tensors)
            using (tensor)
                Move(name, tensor, tied);

        Layers = [.. Enumerable.Range(0, c.Layers).Select(layer => LayerWeights.Of(layer, name => floats[name], name => matrices[name]))];
        // A quantised tied head is a separate matrix; a tied head in Float32 is also the table in which tokens are looked up.
        Head = matrices.TryGetValue(LlamaLayout.Head, out var head) ? head : matrices[LlamaLayout.Embedding];
        floats.TryGetValue(LlamaLayout.Embedding, out embedding);
        width = c.Width;
    }

    /// <summary>The layers' weights; a gain is the address of its floats.</summary>
    public IReadOnlyList<LayerWeights<nint, KernelMatrix>> Layers { get; }

    /// <summary>The address of the last norm's gain, [D].</summary>
    public nint FinalNorm => floats[LlamaLayout.FinalNorm];

    /// <summary>D → V</summary>
    public KernelMatrix Head { get; }

    /// <summary>Copies a token's embedding, [D].</summary>
    public void Embed(int token, float* to)
    {
        if (embedding != 0)
            new Span<float>((float*)embedding + ((long)token * width), width).CopyTo(new(to, width));
        else
            ((FloatPanelsMatrix)Head).CopyRow(token, to);
    }

    public void Dispose() => memory.Dispose();

    /// <summary>Copies a tensor as Float32: matrices into panels; gains, and an embedding that is not also the head, as they are.</summary>
    private void Move(string name, Tensor tensor, bool tied)
    {
        using var scope = NewDisposeScope();
        var from = (float*)Address(tensor.to(ScalarType.Float32, CPU).contiguous());
        if (tensor.dim() == 2 && (tied || name != LlamaLayout.Embedding))
            matrices.Add(name, new FloatPanelsMatrix(memory, from, (int)tensor.shape[0], (int)tensor.shape[1]));
        else
            floats.Add(name, (nint)memory.Copy(from, tensor.numel()));
    }

    private KernelMatrix Move(IQuantizedMatrix matrix) => matrix switch
    {
        Int8Matrix int8 =>
            new Int8PanelsMatrix(memory, (sbyte*)Address(int8.Values), (float*)Address(int8.Scales), int8.Outputs, int8.Inputs),
        Int4Matrix int4 => new Int4PanelsMatrix(
            memory, (byte*)Address(int4.Nibbles), (ushort*)Address(int4.Scales), int4.Outputs, int4.Inputs, int4.GroupSize),
        _ => throw new ArgumentOutOfRangeException(nameof(matrix)),
    };

    private static void RequireKernels(IEnumerable<IQuantizedMatrix> matrices)
    {
        if (matrices.FirstOrDefault(matrix => matrix is not (Int8Matrix or Int4Matrix)) is { } other)
            throw new CourseException(
                $"There is no fused kernel for a {other.GetType().Name}. Quantise to int8 or int4, or use the plain LlamaModel.");
    }

    /// <summary>
    /// The address of a tensor's first element. Taken from the first slice, because a large embedding has more bytes than a span can count.
    /// </summary>
    private static nint Address(Tensor tensor)
    {
        using var slice = tensor.select(0, 0);
        fixed (byte* first = slice.bytes)
            return (nint)first;
    }
}
