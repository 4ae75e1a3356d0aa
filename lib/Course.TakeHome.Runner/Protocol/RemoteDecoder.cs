using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// A decoder that runs on the other side, with models and randomness of this side. Its name and its type are not visible here.
/// </summary>
/// <param name="wire">The connection to the other side.</param>
/// <param name="verb">The verb that asks for a text there.</param>
/// <param name="handle">The decoder's number on the other side.</param>
public sealed class RemoteDecoder(Wire wire, byte verb, int handle) : ISpeculativeDecoder
{
    /// <summary>The longest text and the longest draft that are decoded for the other side, in tokens.</summary>
    private const int LongestText = 10_000, LongestDraft = 1_000;

    /// <summary>The largest γ · V: a decoder keeps that many probabilities in a round, and the other side chooses both numbers.</summary>
    private const long MostProbabilities = 4_000_000;

    /// <summary>The number of tokens beyond the requested ones that are read, so that a message can show them.</summary>
    private const int Surplus = 1_000;

    public IReadOnlyList<int> Decode(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
    {
        var answer = new Lent([target, draft], request.Distribution, randomness).Ask(wire, question => question.Byte(verb).Int(handle)
            .Ints([.. prompt]).Int(request.DraftLength).Int(request.MaxTokens).Bool(request.StopToken is not null)
            .Int(request.StopToken ?? 0));
        var text = answer.Ints(Math.Max(0, request.MaxTokens) + Surplus);
        answer.End();
        if (text.FirstOrDefault(token => token < 0 || token >= target.VocabularySize) is not 0 and var foreign)
            throw new CheckFailedException($"Token {foreign} was emitted; the vocabulary goes from 0 to {target.VocabularySize - 1}.");
        return text;
    }

    /// <summary>The other end: decodes with models and randomness that were lent.</summary>
    /// <param name="wire">The connection to the side that asks.</param>
    /// <param name="lentVerb">The verb of questions about what was lent.</param>
    /// <param name="question">The question after the handle.</param>
    /// <param name="decoder">The decoder.</param>
    /// <returns>The reply, with the emitted tokens.</returns>
    /// <exception cref="CourseException">More tokens or a longer draft were requested than are decoded here.</exception>
    public static MessageWriter Answer(Wire wire, byte lentVerb, MessageReader question, ISpeculativeDecoder decoder)
    {
        int[] prompt = question.Ints(LongestText);
        var (gamma, wanted, stops, stop) = (question.Int(), question.Int(), question.Bool(), question.Int());
        if (wanted > LongestText || gamma > LongestDraft)
            throw new CourseException(
                $"{wanted} tokens were requested with γ = {gamma}; texts up to {LongestText} tokens and γ up to {LongestDraft} "
                + "are decoded here.");
        var borrowed = new Borrowed(wire, lentVerb, question);
        question.End();
        if (Math.Max(1, gamma) * (long)borrowed.Models.Max(model => model.VocabularySize) is > MostProbabilities and var kept)
            throw new CourseException(
                $"γ = {gamma} over this vocabulary is {kept} probabilities per round; up to {MostProbabilities} are kept here. "
                + "Use a smaller vocabulary.");
        var text = decoder.Decode(
            borrowed.Models[0], borrowed.Models[1], prompt, new(gamma, wanted, borrowed.Distribution, stops ? stop : null),
            borrowed.Randomness)
            ?? throw new CheckFailedException("Decode returned null.");
        int[] emitted = [.. text];
        return borrowed.Ended().Ints(emitted);
    }
}
