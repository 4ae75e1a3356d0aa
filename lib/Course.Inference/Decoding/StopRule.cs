namespace Course.Inference.Decoding;

/// <summary>When a sequence ends: one question after every token, also in the middle of what a step emits.</summary>
public interface IStopRule
{
    /// <summary>Why the sequence ends after this token; null where it goes on.</summary>
    /// <param name="token">The token emitted last.</param>
    /// <param name="emitted">Tokens emitted, with it.</param>
    /// <param name="length">Prompt and emitted tokens.</param>
    /// <param name="left">Tokens of the same step that would follow it.</param>
    StopReason? After(int token, int emitted, int length, int left);

    /// <summary>The most tokens that can still be emitted: what a decoder that works ahead need not go beyond.</summary>
    /// <param name="emitted">Tokens emitted.</param>
    /// <param name="length">Prompt and emitted tokens.</param>
    int Left(int emitted, int length);
}

/// <summary>Stop tokens, the limit and the model's context.</summary>
/// <param name="options">Stop tokens and limit, validated.</param>
/// <param name="contextLength">Of the model whose distribution is emitted.</param>
public sealed class StopRule(DecodingOptions options, int contextLength) : IStopRule
{
    /// <summary>Of the model.</summary>
    public int ContextLength => contextLength;

    public StopReason? After(int token, int emitted, int length, int left) =>
        options.StopTokens.Contains(token) ? StopReason.EndToken
        : emitted == options.MaxTokens ? StopReason.TokenLimit
        // A sequence of exactly the context's length can still be fed, so its successor can still be drawn.
        : length > contextLength ? StopReason.ContextFull
        : null;

    public int Left(int emitted, int length) => Math.Min(options.MaxTokens - emitted, contextLength + 1 - length);
}
