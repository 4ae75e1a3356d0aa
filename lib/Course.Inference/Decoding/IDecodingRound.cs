using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// What one decoder does differently from another: how it finds the next tokens of a sequence.
/// Stopping, limits, time and cancellation are <see cref="DecodingRun"/>'s, the same for all.
/// </summary>
public interface IDecodingRound : IDisposable
{
    /// <summary>
    /// One or more tokens that follow the sequence; none only when it was cancelled on the way.
    /// The run may cut the list short, and then asks no more.
    /// </summary>
    /// <param name="sequence">Prompt and all emitted tokens; at most the model's context.</param>
    IReadOnlyList<TokenChoice> Next(ReadOnlySpan<int> sequence);
}
