namespace Course.Inference.Quantization;

/// <summary>How the scale of a group of int4 weights is chosen.</summary>
public enum Int4Rule
{
    /// <summary>As GGUF's Q4_0: the weight of largest magnitude becomes −8 exactly; the rest is rounded.</summary>
    Extreme,

    /// <summary>Of several scales, clipping ones among them, the one that leaves the least squared error.</summary>
    LeastSquares,
}
