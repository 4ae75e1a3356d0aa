namespace Course.Inference.Models;

/// <summary>Counts the operations and bytes of a Llama-style forward pass from its configuration.</summary>
public static class LlamaCost
{
    /// <param name="c">The shape.</param>
    /// <param name="elementBytes">Bytes of one weight, activation and cache element.</param>
    /// <param name="rows">B.</param>
    /// <param name="newTokens">T.</param>
    /// <param name="cached">S.</param>
    public static ForwardCost Of(LlamaConfiguration c, int elementBytes, int rows, int newTokens, int cached) =>
        default;
}
