namespace Course.TakeHome.Contracts;

/// <summary>
/// Compares a decoder's output with that of the target alone: exact joint distributions where they are small enough to enumerate, many
/// sampled texts where they are not.
/// </summary>
internal static class LoopDistributions
{
    /// <summary>
    /// The most branches that are enumerated. A correct decoder has a few hundred over a few tokens; one that draws its draft length at
    /// random has a few thousand.
    /// </summary>
    public const int MostRuns = 8_000;

    /// <summary>Texts that are sampled where a distribution cannot be enumerated. A difference of 0.03 shows in them.</summary>
    private const int Samples = 8_000;

    /// <summary>Demands that the joint distribution of the emitted tokens is the target's.</summary>
    /// <param name="answer">The decoder.</param>
    /// <param name="pair">The models.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">What the decoder is asked for.</param>
    /// <param name="what">Names the draft and the options, for the message.</param>
    /// <param name="take">How many of the tokens are compared; null for all.</param>
    /// <param name="maxRuns">The most branches that are enumerated; if there are more, texts are sampled instead.</param>
    /// <exception cref="CheckFailedException">The distributions differ.</exception>
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
            Demand.That(distance <= Tolerances.Probability,
                $"With {what} and γ = {request.DraftLength}, {Show.Tokens(worst)} comes with probability {Show.Number(came[worst])}; "
                + $"from the target alone with {Show.Number(expected[worst])}. The total variation distance is {distance:G3}.");
        }
        catch (LawTooLargeException)
        {
            CheckRunner.Remark(
                "The answer draws random numbers too often for its distribution to be enumerated, so texts were sampled; a difference "
                + "below about 0.03 does not show in them.");
            RequireSameSample(answer, pair, prompt, request, what, Samples, tokens == request.MaxTokens ? expected : null);
        }
    }

    /// <summary>Demands that sampled texts agree with the target, up to what chance can explain.</summary>
    /// <param name="answer">The decoder.</param>
    /// <param name="pair">The models.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">What the decoder is asked for.</param>
    /// <param name="what">Names the draft and the options, for the message.</param>
    /// <param name="texts">The number of texts to sample.</param>
    /// <param name="expected">The distribution of the whole text, if it is known: the frequency of each text is then compared as
    /// well.</param>
    /// <exception cref="CheckFailedException">The texts differ by more than chance.</exception>
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
                $"{where} {Show.Tokens(sequence)} came in {came[sequence] * texts:0} of {texts} texts; from the target alone it comes "
                + $"with probability {Show.Number(probability)}.");
    }

    private static void Count(
        TokenScores scores, IReadOnlyList<int> emitted, ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request)
    {
        List<int> text = [.. prompt];
        foreach (var (position, token) in emitted.Index())
        {
            Demand.That(token >= 0 && token < pair.Target.VocabularySize,
                $"Token {token} was emitted; the vocabulary goes from 0 to {pair.Target.VocabularySize - 1}.");
            scores.Add(position, token, request.Distribution(pair.Target.Logits(text)), request.Distribution(pair.Draft.Logits(text)));
            text.Add(token);
        }
    }

    /// <summary>Plain decoding: samples the target alone, one token after the other.</summary>
    public static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
    {
        var text = prompt.ToList();
        while (text.Count < prompt.Count + request.MaxTokens && (text.Count == prompt.Count || text[^1] != request.StopToken))
            text.Add(randomness.Draw(request.Distribution(target.Logits(text))));
        return text[prompt.Count..];
    }
}

/// <summary>A target and a draft with the same vocabulary.</summary>
internal sealed record ModelPair(TableModel Target, TableModel Draft)
{
    public static ModelPair Unrelated(int vocabulary, Variation variation, string name) =>
        new(TableModel.Arbitrary(vocabulary, variation.KeyOf(name)), TableModel.Arbitrary(vocabulary, variation.KeyOf($"{name}/draft")));

    /// <summary>A draft that ranks tokens as the target does, and is too confident.</summary>
    public static ModelPair Sharper(int vocabulary, Variation variation, string name)
    {
        var target = TableModel.Arbitrary(vocabulary, variation.KeyOf(name));
        return new(target, target.Select(logits => [.. logits.Select(logit => 1.7f * logit)]));
    }
}
