namespace Course.Inference.Families.Llama;

/// <summary>What a tensor does in a Llama-style model.</summary>
public enum TensorRole
{
    Embedding,
    AttentionNorm,
    Query,
    Key,
    Value,
    Output,
    MlpNorm,
    Gate,
    Up,
    Down,
    FinalNorm,
    Head,
}
