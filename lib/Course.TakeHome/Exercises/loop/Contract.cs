namespace Course.TakeHome.Contracts;

/// <summary>What is asked of a decoder.</summary>
/// <param name="DraftLength">γ, at least 1: tokens guessed before each verification.</param>
/// <param name="MaxTokens">Tokens to emit, unless the stop token comes first.</param>
/// <param name="Distribution">[V] logits → [V] probabilities, for target and draft alike: the sampling options. Greedy decoding gives
/// all to one token.</param>
/// <param name="StopToken">Ends the text and is its last token; null where nothing does.</param>
public sealed record DecodingRequest(
    int DraftLength, int MaxTokens, Func<IReadOnlyList<float>, double[]> Distribution, int? StopToken = null);

/// <summary>Exercise "loop": speculative decoding, from prompt to last token.</summary>
public interface ISpeculativeDecoder
{
    /// <summary>
    /// Emits tokens whose joint law is that of sampling the target alone, one token after the other, with as few calls of the target as the
    /// draft permits: one call verifies a whole draft.
    /// </summary>
    /// <param name="target">Whose law is emitted.</param>
    /// <param name="draft">Guesses. Same vocabulary.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="randomness">All chance there is.</param>
    /// <returns>The new tokens, without the prompt.</returns>
    IReadOnlyList<int> Decode(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness);
}
