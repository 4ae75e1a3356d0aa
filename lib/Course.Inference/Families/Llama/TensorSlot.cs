namespace Course.Inference.Families.Llama;

/// <summary>A tensor that a checkpoint must contain.</summary>
/// <param name="Name">The tensor's name in Hugging Face checkpoints.</param>
/// <param name="Shape">[out, in] for a matrix, [D] for a gain.</param>
/// <param name="Role">What the tensor does.</param>
public readonly record struct TensorSlot(string Name, IReadOnlyList<long> Shape, TensorRole Role)
{
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    public bool IsMatrix => Shape.Count == 2;

    /// <summary>Whether the tensor belongs to a layer, so that every layer has one.</summary>
    public bool InLayer => Role is not (TensorRole.Embedding or TensorRole.FinalNorm or TensorRole.Head);

    /// <summary>Whether the tensor's product is added to the residual stream.</summary>
    public bool WritesToResidual => Role is TensorRole.Output or TensorRole.Down;
}
