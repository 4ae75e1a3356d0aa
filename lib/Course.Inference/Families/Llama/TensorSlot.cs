namespace Course.Inference.Families.Llama;

/// <summary>A tensor that a checkpoint must hold.</summary>
/// <param name="Name">As Hugging Face writes it.</param>
/// <param name="Shape">[out, in] of a matrix, [D] of a gain.</param>
/// <param name="Role">What it does.</param>
public readonly record struct TensorSlot(string Name, IReadOnlyList<long> Shape, TensorRole Role)
{
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    public bool IsMatrix => Shape.Count == 2;

    /// <summary>Whether every layer has one.</summary>
    public bool InLayer => Role is not (TensorRole.Embedding or TensorRole.FinalNorm or TensorRole.Head);

    /// <summary>Whether its result is added to the residual stream.</summary>
    public bool WritesToStream => Role is TensorRole.Output or TensorRole.Down;
}
