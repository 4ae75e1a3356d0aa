using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// A decoder that works on the other side, with models and chance of this one. It has no name and no type of its own here.
/// </summary>
/// <param name="wire">To the other side.</param>
/// <param name="verb">What a text is asked with there.</param>
/// <param name="handle">Which decoder.</param>
public sealed class RemoteDecoder(Wire wire, byte verb, int handle) : ISpeculativeDecoder
{
    /// <summary>What is decoded on behalf of the other side.</summary>
    private const int LongestText = 10_000, LongestDraft = 1_000;

    /// <summary>γ · V: a draft's distributions are kept for a whole round, and the other side chooses both.</summary>
    private const long MostProbabilities = 4_000_000;

    /// <summary>So many more tokens than were asked for are taken back, to be shown.</summary>
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

    /// <summary>The other end: decodes with what was lent.</summary>
    /// <param name="wire">To the side that asks.</param>
    /// <param name="lentVerb">What a question about what was lent is asked with there.</param>
    /// <param name="question">From behind the handle on.</param>
    /// <param name="decoder">Which decoder.</param>
    public static MessageWriter Answer(Wire wire, byte lentVerb, MessageReader question, ISpeculativeDecoder decoder)
    {
        int[] prompt = question.Ints(LongestText);
        var (gamma, wanted, stops, stop) = (question.Int(), question.Int(), question.Bool(), question.Int());
        if (wanted > LongestText || gamma > LongestDraft)
            throw new CourseException(
                $"{wanted} tokens were asked for with γ = {gamma}; texts up to {LongestText} tokens and γ " +
                $"up to {LongestDraft} are decoded here.");
        var borrowed = new Borrowed(wire, lentVerb, question);
        question.End();
        if (Math.Max(1, gamma) * (long)borrowed.Models.Max(model => model.VocabularySize) is > MostProbabilities and var kept)
            throw new CourseException(
                $"γ = {gamma} over this vocabulary is {kept} probabilities a round; up to {MostProbabilities} " +
                "are kept here. Take a smaller vocabulary.");
        var text = decoder.Decode(
            borrowed.Models[0], borrowed.Models[1], prompt, new(gamma, wanted, borrowed.Distribution, stops ? stop : null),
            borrowed.Randomness)
            ?? throw new CheckFailedException("Decode gave null.");
        int[] emitted = [.. text];
        return borrowed.Ended().Ints(emitted);
    }
}
