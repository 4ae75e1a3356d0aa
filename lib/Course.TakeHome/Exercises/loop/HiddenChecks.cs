using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>Draft lengths and options that the candidate's folder does not try.</summary>
internal sealed class LoopHiddenChecks : CheckSuite<ISpeculativeDecoder>
{
    public override string Exercise => "loop";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check(
            "two models at work",
            "In speculation the target verifies what the draft proposed. The target alone saves no calls; the draft alone has another "
            + "distribution.", "Decode: which model is called, and with which tokens", TwoModels),
        Check(
            "law for other draft lengths", "γ is the caller's.", "Decode: a hard-coded γ",
            (answer, variation) => Distributions(answer, variation, [3, 4], Plain)),
        Check(
            "law at a temperature", "Both models sample under the caller's options.",
            "Decode: request.Distribution for target and draft alike",
            (answer, variation) => Distributions(answer, variation, [2], logits => Softmax.Of(logits, 0.5))),
        Check(
            "law when truncated", "A truncated draft may exclude tokens that the target allows, and the other way round.",
            "Decode: zeros in either distribution", (answer, variation) => Distributions(answer, variation, [1, 2], TopTwo)),
        Check(
            "law with a stop token", "Stopping must not change what comes before.", "Decode: stop token inside a draft",
            DistributionsWithStop),
        Check(
            "law of later guesses", "A mistake that affects only the later tokens of a draft shows in the fifth token.",
            "Decode: which logits verify which draft token, from the third on", LaterGuesses),
        Check(
            "law over forty tokens", "A rule that looks only at the first tokens of the vocabulary is right only about those.",
            "Decode: loops over the vocabulary", ManyTokens),
        Check("calls saved",
            "Speculation saves calls of the target. How many it can save on average follows from the two distributions: no more than "
            + "Σ min(p, q) permits, and a part of that at least.",
            "Decode: how often the target is called, and with which tokens", CallsSaved),
        Check(
            "long texts", "Users read texts of hundreds of tokens, whose distribution cannot be enumerated.",
            "Decode: what differs between short and long texts", LongTexts),
        Check("greedy over a larger vocabulary", "Greedy decoding has one right answer, also over 50 tokens.", "Decode", Greedy),
        Check("two texts in turn", "A decoder is used for one text after the other.", "Decode: what is kept in fields", Again),
    ];

    /// <summary>A correct rule that accepts fewer draft tokens than it could is correct, and the report remarks on it.</summary>
    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        var (gamma, wanted) = CallCases[^1];
        var (pair, request) = CallCase(variation, gamma, wanted);
        var (came, unsure) = Expected((ISpeculativeDecoder)answer, pair, request);
        var least = ExpectedCalls.Best(pair, [1], request);
        if (came - (unsure * wanted) > least + Tolerances.Probability)
            yield return $"The text is the target's, but fewer draft tokens are accepted than could be: with γ = {gamma}, {wanted} tokens "
                + $"take {came:0.###} calls of the target on average; accepting with min(1, p/q) takes {least:0.###}.";
    }

    /// <summary>
    /// Two drafts for one target: one that is always right and one that is always wrong. The calls of the target must differ.
    /// </summary>
    private static void TwoModels(ISpeculativeDecoder answer, Variation variation)
    {
        const int Wanted = 24;
        var table = TableModel.Arbitrary(5, variation.KeyOf("two models"));
        var (right, wrong) = (new WatchedModel(table), new WatchedModel(table.Select(logits => [.. logits.Select(logit => -logit)])));
        var (withRight, withWrong) = (new WatchedModel(table), new WatchedModel(table));
        answer.Decode(withRight, right, [2], new(4, Wanted, Softmax.Greedy), new SeededRandomness(4));
        answer.Decode(withWrong, wrong, [2], new(4, Wanted, Softmax.Greedy), new SeededRandomness(4));
        Demand.That(withRight.Calls.Count > 0,
            $"Draft tokens are emitted without verification: {Wanted} tokens, {right.Calls.Count} calls of the draft, none of the target.");
        Demand.That(!Asked(withRight).SequenceEqual(Asked(withWrong)),
            $"This is the target decoding alone: {Wanted} tokens took {withRight.Calls.Count} calls of the target, the same with a draft "
            + $"that is always right as with one that is always wrong. The draft was called {right.Calls.Count} times.");
    }

    private static IEnumerable<string> Asked(WatchedModel model) =>
        model.Calls.Select(call => $"{string.Join(' ', call.Cached)}|{string.Join(' ', call.Fed)}");

    private static void Distributions(
        ISpeculativeDecoder answer, Variation variation, int[] gammas, Func<IReadOnlyList<float>, double[]> distribution)
    {
        foreach (var gamma in gammas)
            Same(answer, variation, new(gamma, 3, distribution));
    }

    private static void DistributionsWithStop(ISpeculativeDecoder answer, Variation variation)
    {
        for (var stop = 0; stop < 3; stop++)
            Same(answer, variation, new(2, 3, Plain, stop));
    }

    private static void Same(ISpeculativeDecoder answer, Variation variation, DecodingRequest request)
    {
        var pair = new ModelPair(
            TableModel.Arbitrary(3, variation.KeyOf("hidden target")), TableModel.Arbitrary(3, variation.KeyOf("hidden draft")));
        LoopDistributions.RequireSame(answer, pair, [0, 2], request, $"stop token {request.StopToken?.ToString() ?? "none"}");
    }

    private static void LaterGuesses(ISpeculativeDecoder answer, Variation variation) =>
        LoopDistributions.RequireSame(
            answer, ModelPair.Unrelated(2, variation, "later"), [1, 0], new(4, 5, Plain), "an unrelated draft over 2 tokens",
            maxRuns: 40_000);

    private static void ManyTokens(ISpeculativeDecoder answer, Variation variation) =>
        LoopDistributions.RequireSame(
            answer, ModelPair.Sharper(40, variation, "forty"), [17], new(1, 2, Plain), "a sharper draft over 40 tokens", maxRuns: 60_000);

    private static void LongTexts(ISpeculativeDecoder answer, Variation variation)
    {
        const int Wanted = 100, Texts = 40;
        var pair = ModelPair.Sharper(5, variation, "long");
        LoopDistributions.RequireSameSample(answer, pair, [4], new(3, Wanted, Plain), "a sharper draft over 5 tokens", Texts);
        var (target, draft) = (new WatchedModel(pair.Target), new WatchedModel(pair.Draft));
        for (var seed = 0; seed < 4; seed++)
            answer.Decode(target, draft, [4], new(3, Wanted, Plain), new SeededRandomness(seed));
        Demand.That(target.Calls.Count < 4 * Wanted * 19 / 20,
            $"{4 * Wanted} tokens of long texts took {target.Calls.Count} calls of the target: almost no calls are saved.");
    }

    /// <summary>
    /// The expected number of calls of the target, exact like the distribution. With fewer than the best rule needs, some tokens were
    /// emitted without verification. The most careful rule drafts one token per round and accepts it where a fresh sample of the target
    /// equals it; an answer must save at least a quarter of what that rule saves, whichever draft lengths it chooses.
    /// </summary>
    private static void CallsSaved(ISpeculativeDecoder answer, Variation variation)
    {
        foreach (var (gamma, wanted) in CallCases)
        {
            var (pair, request) = CallCase(variation, gamma, wanted);
            var (came, unsure) = Expected(answer, pair, request);
            var least = ExpectedCalls.Best(pair, [1], request);
            var most = wanted - ((wanted - ExpectedCalls.FreshSample(pair, [1], request with { DraftLength = 1 })) / 4);
            Demand.That(came + (unsure * wanted) >= least - Tolerances.Probability,
                $"γ = {gamma}: {wanted} tokens take {came:0.###} calls of the target on average. Σ min(p, q) permits {least:0.###}; with "
                + "fewer, tokens are emitted that the target has not verified.");
            Demand.That(came - (unsure * wanted) <= most + Tolerances.Probability,
                $"γ = {gamma}: {wanted} tokens take {came:0.###} calls of the target on average, and {wanted} without a draft; "
                + $"{least:0.###} are possible, and at most {most:0.###} are accepted here.");
        }
    }

    private static readonly (int Gamma, int Wanted)[] CallCases = [(1, 3), (3, 4)];

    private static (ModelPair Pair, DecodingRequest Request) CallCase(Variation variation, int gamma, int wanted) =>
        (ModelPair.Sharper(2, variation, "calls"), new(gamma, wanted, Plain));

    private static (double Calls, double Unsure) Expected(ISpeculativeDecoder answer, ModelPair pair, DecodingRequest request)
    {
        try
        {
            var calls = 0.0;
            var distribution = Law.Of((randomness, probability) =>
            {
                var (text, asked) = Counted(answer, pair, request, randomness);
                calls += probability() * asked;
                return text;
            }, LoopDistributions.MostRuns);
            return (calls, distribution.Unseen);
        }
        catch (LawTooLargeException)
        {
            const int Texts = 2_000;
            double[] calls = [
                .. Enumerable.Range(0, Texts).Select(seed => (double)Counted(answer, pair, request, new SeededRandomness(seed)).Calls)
            ];
            var mean = calls.Average();
            return (
                mean,
                Tolerances.Deviations * Math.Sqrt(calls.Average(count => (count - mean) * (count - mean)) / Texts) / request.MaxTokens);
        }
    }

    private static (IReadOnlyList<int> Text, int Calls) Counted(
        ISpeculativeDecoder answer, ModelPair pair, DecodingRequest request, IRandomness randomness)
    {
        var target = new WatchedModel(pair.Target);
        return (answer.Decode(target, pair.Draft, [1], request, randomness), target.Calls.Count);
    }

    private static void Greedy(ISpeculativeDecoder answer, Variation variation)
    {
        var target = TableModel.Arbitrary(50, variation.KeyOf("wide target"));
        var draft = target.Select(logits => [.. logits.Select((logit, token) => token % 7 == 3 ? 0 : logit)]);
        var request = new DecodingRequest(5, 50, Softmax.Greedy);
        Demand.That(answer.Decode(target, draft, [4, 8], request, new SeededRandomness(2))
            .SequenceEqual(Alone(target, [4, 8], request, new SeededRandomness(2))),
            "Greedy speculation over 50 tokens is not greedy decoding.");
    }

    private static void Again(ISpeculativeDecoder answer, Variation variation)
    {
        var target = TableModel.Arbitrary(6, variation.KeyOf("again"));
        int[] Greedily(int[] prompt) => [.. answer.Decode(target, target, prompt, new(3, 10, Softmax.Greedy), new SeededRandomness(1))];
        var first = Greedily([1, 2]);
        Greedily([5]);
        Demand.That(Greedily([1, 2]).SequenceEqual(first),
            "The same prompt gave a different greedy answer after another text had been decoded.");
    }

    private static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
        LoopDistributions.Alone(target, prompt, request, randomness);

    private static double[] Plain(IReadOnlyList<float> logits) => Softmax.Of(logits);

    private static double[] TopTwo(IReadOnlyList<float> logits)
    {
        var distribution = Softmax.Of(logits);
        var least = Array.IndexOf(distribution, distribution.Min());
        return [.. distribution.Select((share, token) => token == least ? 0 : share / (1 - distribution[least]))];
    }
}

/// <summary>How many calls of the target a text takes on average, from the two models' distributions.</summary>
internal static class ExpectedCalls
{
    /// <summary>Every draft token is accepted as often as the target's distribution permits: min(p, q).</summary>
    public static double Best(ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request) =>
        Text(pair, [.. prompt], request, request.MaxTokens, Math.Min);

    /// <summary>A draft token is accepted where a fresh sample of the target equals it: p · q.</summary>
    public static double FreshSample(ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request) =>
        Text(pair, [.. prompt], request, request.MaxTokens, (p, q) => p * q);

    private static double Text(ModelPair pair, int[] text, DecodingRequest request, int left, Func<double, double, double> kept) =>
        left == 0 ? 0 : 1 + Round(pair, text, request, Math.Min(request.DraftLength, left - 1), left, kept);

    /// <summary>
    /// From the middle of a round on, without the call of that round. The part of a token's probability that is not accepted as a draft
    /// token comes as a replacement.
    /// </summary>
    private static double Round(
        ModelPair pair, int[] text, DecodingRequest request, int guesses, int left, Func<double, double, double> kept)
    {
        var (p, q) = (request.Distribution(pair.Target.Logits(text)), request.Distribution(pair.Draft.Logits(text)));
        var calls = 0.0;
        for (var token = 0; token < p.Length; token++)
        {
            int[] longer = [.. text, token];
            var stays = guesses > 0 ? kept(p[token], q[token]) : 0;
            if (stays > 0)
                calls += stays * Round(pair, longer, request, guesses - 1, left - 1, kept);
            calls += (p[token] - stays) * Text(pair, longer, request, left - 1, kept);
        }
        return calls;
    }
}
