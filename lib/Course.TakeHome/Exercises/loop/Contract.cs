namespace Course.TakeHome.Contracts;

/// <summary>What a decoder is asked to do.</summary>
/// <param name="DraftLength">The draft length γ, at least 1: draft tokens proposed before each verification.</param>
/// <param name="MaxTokens">Tokens to emit, unless the stop token comes first.</param>
/// <param name="Distribution">The sampling options, [V] logits → [V] probabilities, for target and draft alike. Greedy decoding gives
/// all probability to one token.</param>
/// <param name="StopToken">The token that ends the text, as its last token; null if there is none.</param>
public sealed record DecodingRequest(
    int DraftLength, int MaxTokens, Func<IReadOnlyList<float>, double[]> Distribution, int? StopToken = null);

/// <summary>Exercise "loop": speculative decoding, from prompt to last token.</summary>
public interface ISpeculativeDecoder
{
    /// <summary>
    /// Emits tokens whose joint distribution is that of sampling the target alone, one token after the other, with as few calls of the
    /// target as the draft permits: one call verifies a whole draft.
    /// </summary>
    /// <param name="target">The model whose distribution is emitted.</param>
    /// <param name="draft">The model that proposes draft tokens. It has the same vocabulary.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">Draft length, number of tokens, sampling options and stop token.</param>
    /// <param name="randomness">The only source of randomness.</param>
    /// <returns>The new tokens, without the prompt.</returns>
    IReadOnlyList<int> Decode(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness);
}
