namespace Course.Inference.Decoding;

/// <summary>When a run ends: after every token that a round hands in, also in the middle of its block, one question decides.</summary>
/// <param name="options">Stop tokens and limit, validated.</param>
/// <param name="contextLength">Of the model whose law is emitted.</param>
public class StopRule(DecodingOptions options, int contextLength)
{
    protected DecodingOptions Options { get; } = options;

    protected int ContextLength { get; } = contextLength;

    /// <summary>Why the run ends behind this token; null for on it goes.</summary>
    /// <param name="token">The token emitted last.</param>
    /// <param name="emitted">Tokens emitted, with it.</param>
    /// <param name="length">Prompt and emitted tokens.</param>
    /// <param name="left">Tokens of the same round that would follow it.</param>
    public virtual StopReason? After(int token, int emitted, int length, int left) =>
        Options.StopTokens.Contains(token) ? StopReason.EndToken
        : emitted == Options.MaxTokens ? StopReason.TokenLimit
        // A sequence of exactly the context's length can still be fed, so its successor can still be drawn.
        : length > ContextLength ? StopReason.ContextFull
        : null;

    /// <summary>The most tokens that can still be emitted: what a decoder that works ahead need not go beyond.</summary>
    /// <param name="emitted">Tokens emitted.</param>
    /// <param name="length">Prompt and emitted tokens.</param>
    public virtual int Left(int emitted, int length) => Math.Min(Options.MaxTokens - emitted, ContextLength + 1 - length);
}
