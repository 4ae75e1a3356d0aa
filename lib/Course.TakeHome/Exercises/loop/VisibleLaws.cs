namespace Course.TakeHome.Contracts;

/// <summary>Texts of a decoder beside those of the target alone: whole laws where they are small, many texts where they are not.</summary>
internal static class LoopLaws
{
    /// <summary>A right decoder has a few hundred branches on a few tokens; one that draws its draft length has some thousand.</summary>
    public const int MostRuns = 8_000;

    private const int Samples = 4_000;

    /// <summary>The joint law of what is emitted is the target's.</summary>
    /// <param name="answer">The decoder.</param>
    /// <param name="pair">The models; any of them may be watched.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="what">Names the draft and the options, for the message.</param>
    /// <param name="take">How many of the tokens are compared.</param>
    /// <param name="maxRuns">Branches; where there are more, as where an answer has no last branch, a sample is judged instead.</param>
    public static void RequireSame(ISpeculativeDecoder answer, ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request, string what, int? take = null, int maxRuns = MostRuns)
    {
        var tokens = take ?? request.MaxTokens;
        try
        {
            var expected = Law.Of(randomness => Alone(pair.Target, prompt, request, randomness).Take(tokens), int.MaxValue);
            var came = Law.Of(randomness => answer.Decode(pair.Target, pair.Draft, prompt, request, randomness).Take(tokens), maxRuns);
            var (worst, distance) = (Law.Worst(came, expected), Law.Distance(came, expected));
            Demand.That(distance <= Tolerances.Law,
                $"With {what} and γ = {request.DraftLength}, {Show.Tokens(worst)} comes with probability {Show.Number(came[worst])}; from the target alone with {Show.Number(expected[worst])}. The laws are {distance:G3} apart.");
        }
        catch (LawTooLargeException)
        {
            RequireSameSample(answer, pair, prompt, request, what);
        }
    }

    /// <summary>What is emitted, in so many texts as no chance could bend, leans neither towards the draft nor away from it.</summary>
    public static void RequireSameSample(ISpeculativeDecoder answer, ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request, string what, int texts = Samples)
    {
        var (whole, late) = (new Score(), new Score());
        for (var seed = 0; seed < texts; seed++)
        {
            CheckRunner.RequireWanted();
            List<int> text = [.. prompt];
            foreach (var token in answer.Decode(pair.Target, pair.Draft, prompt, request, new SeededRandomness(seed)))
            {
                Demand.That(token >= 0 && token < pair.Target.VocabularySize, $"Token {token} was emitted; the vocabulary goes from 0 to {pair.Target.VocabularySize - 1}.");
                var (p, q) = (request.Distribution(pair.Target.Logits(text)), request.Distribution(pair.Draft.Logits(text)));
                whole.Add(token, p, q);
                if (text.Count - prompt.Count >= request.MaxTokens / 2)
                    late.Add(token, p, q);
                text.Add(token);
            }
        }
        foreach (var (score, where) in new[] { (whole, ""), (late, " of the second half") })
            Demand.That(Math.Abs(score.Deviations) <= Tolerances.Deviations,
                $"With {what} and γ = {request.DraftLength}, {score.Tokens} tokens{where} of {texts} texts lean {(score.Deviations > 0 ? "towards" : "away from")} the draft's distribution, by {Math.Abs(score.Deviations):0} standard deviations; a right decoder stays below {Tolerances.Deviations}.");
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
    public static ModelPair Unrelated(int vocabulary, int seed) => new(TableModel.Arbitrary(vocabulary, seed), TableModel.Arbitrary(vocabulary, seed + 1));

    /// <summary>A draft that is right about what comes first, and too sure of it.</summary>
    public static ModelPair Sharper(int vocabulary, int seed)
    {
        var target = TableModel.Arbitrary(vocabulary, seed);
        return new(target, target.Select(logits => [.. logits.Select(logit => 1.7f * logit)]));
    }
}
