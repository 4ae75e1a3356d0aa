namespace Course.TakeHome.Contracts;

/// <summary>Texts of a decoder beside those of the target alone: whole laws where they are small, many texts where they are not.</summary>
internal static class LoopLaws
{
    /// <summary>A right decoder has a few hundred branches on a few tokens; one that draws its draft length has some thousand.</summary>
    public const int MostRuns = 8_000;

    /// <summary>Texts that are judged where a law cannot be walked. A difference of three hundredths shows in them.</summary>
    private const int Samples = 8_000;

    /// <summary>The joint law of what is emitted is the target's.</summary>
    /// <param name="answer">The decoder.</param>
    /// <param name="pair">The models; any of them may be watched.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="what">Names the draft and the options, for the message.</param>
    /// <param name="take">How many of the tokens are compared.</param>
    /// <param name="maxRuns">Branches; where there are more, as where an answer has no last branch, a sample is judged instead.</param>
    public static void RequireSame(
        ISpeculativeDecoder answer, ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request, string what, int? take = null,
        int maxRuns = MostRuns)
    {
        var tokens = take ?? request.MaxTokens;
        var expected = Law.Of(randomness => Alone(pair.Target, prompt, request, randomness).Take(tokens), int.MaxValue);
        try
        {
            var came = Law.Of(randomness => answer.Decode(pair.Target, pair.Draft, prompt, request, randomness).Take(tokens), maxRuns);
            var (worst, distance) = (Law.Worst(came, expected), Law.Distance(came, expected));
            Demand.That(distance <= Tolerances.Law,
                $"With {what} and γ = {request.DraftLength}, {Show.Tokens(worst)} comes with probability {Show.Number(came[worst])}; " +
                $"from the target alone with {Show.Number(expected[worst])}. The laws are {distance:G3} apart.");
        }
        catch (LawTooLargeException)
        {
            CheckRunner.Remark(
                "The answer asks chance too many questions for its law to be walked, so texts were sampled; a difference of less than " +
                "about three hundredths does not show in them.");
            RequireSameSample(answer, pair, prompt, request, what, Samples, tokens == request.MaxTokens ? expected : null);
        }
    }

    /// <summary>What is emitted, in so many texts as no chance could bend, is what the target would emit.</summary>
    /// <param name="answer">The decoder.</param>
    /// <param name="pair">The models.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="what">Names the draft and the options, for the message.</param>
    /// <param name="texts">How many.</param>
    /// <param name="expected">The law of the whole text, where it is known: each text then comes as often as it says.</param>
    public static void RequireSameSample(
        ISpeculativeDecoder answer, ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request, string what, int texts,
        Law? expected = null)
    {
        var scores = new TokenScores(pair.Target.VocabularySize, request.MaxTokens);
        var came = Law.Sampled(
            randomness =>
            {
                var text = answer.Decode(pair.Target, pair.Draft, prompt, request, randomness);
                Count(scores, text, pair, prompt, request);
                return text;
            },
            texts);
        var where = $"With {what} and γ = {request.DraftLength},";
        if (scores.Objection() is { } objection)
            throw new CheckFailedException($"{where} {objection}.");
        foreach (var (sequence, probability) in expected?.Outcomes ?? [])
            Demand.That(
                Math.Abs(came[sequence] - probability) * texts
                    <= Martingale.Farthest(expected!.Outcomes.Count(), texts * probability * (1 - probability), 1),
                $"{where} {Show.Tokens(sequence)} came in {came[sequence] * texts:0} of {texts} texts; from the target alone it comes " +
                $"with probability {Show.Number(probability)}.");
    }

    private static void Count(
        TokenScores scores, IReadOnlyList<int> emitted, ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request)
    {
        List<int> text = [.. prompt];
        foreach (var (place, token) in emitted.Index())
        {
            Demand.That(token >= 0 && token < pair.Target.VocabularySize,
                $"Token {token} was emitted; the vocabulary goes from 0 to {pair.Target.VocabularySize - 1}.");
            scores.Add(place, token, request.Distribution(pair.Target.Logits(text)), request.Distribution(pair.Draft.Logits(text)));
            text.Add(token);
        }
    }

    /// <summary>Sampling the target alone: what one would do without a draft.</summary>
    public static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
    {
        var text = prompt.ToList();
        while (text.Count < prompt.Count + request.MaxTokens && (text.Count == prompt.Count || text[^1] != request.StopToken))
            text.Add(randomness.Draw(request.Distribution(target.Logits(text))));
        return text[prompt.Count..];
    }
}

/// <summary>A target and a draft.</summary>
internal sealed record ModelPair(TableModel Target, TableModel Draft)
{
    public static ModelPair Unrelated(int vocabulary, Variation variation, string name) =>
        new(TableModel.Arbitrary(vocabulary, variation.KeyOf(name)), TableModel.Arbitrary(vocabulary, variation.KeyOf($"{name}/draft")));

    /// <summary>A draft that is right about what comes first, and too sure of it.</summary>
    public static ModelPair Sharper(int vocabulary, Variation variation, string name)
    {
        var target = TableModel.Arbitrary(vocabulary, variation.KeyOf(name));
        return new(target, target.Select(logits => [.. logits.Select(logit => 1.7f * logit)]));
    }
}
