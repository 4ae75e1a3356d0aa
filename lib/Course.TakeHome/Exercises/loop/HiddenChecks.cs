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
            "Speculation is the target judging what the draft guessed. One of the two alone writes a text as well, " +
            "and saves nothing or promises nothing.", "Decode: who is called, and with what", TwoModels),
        Check(
            "law for other draft lengths", "γ is the caller's.", "Decode: a γ that is written down",
            (answer, variation) => Laws(answer, variation, [3, 4], Plain)),
        Check(
            "law at a temperature", "Both models sample under the caller's options.",
            "Decode: request.Distribution for target and draft alike",
            (answer, variation) => Laws(answer, variation, [2], logits => Softmax.Of(logits, 0.5))),
        Check(
            "law when truncated", "A truncated draft may exclude what the target wants, and the other way round.",
            "Decode: zeros in either distribution", (answer, variation) => Laws(answer, variation, [1, 2], TopTwo)),
        Check("law with a stop token", "Stopping must not change what comes before.", "Decode: stop token inside a draft", LawWithStop),
        Check(
            "law of later guesses", "Whatever a decoder keeps from one guess to the next, the fifth token shows.",
            "Decode: what is judged by which logits, from the third guess on", LaterGuesses),
        Check(
            "law over forty tokens", "Rules that look at a few tokens only are right about a few tokens only.",
            "Decode: loops over the vocabulary", ManyTokens),
        Check("calls saved",
            "Calls of the target are what speculation saves. How many it can save on average follows from the two distributions: no more " +
            "than Σ min(p, q) permits, and not none.",
            "Decode: how often the target is called, and what for", CallsSaved),
        Check(
            "long texts", "Users read texts of hundreds of tokens, and nobody walks through those.",
            "Decode: what differs between short and long texts", LongTexts),
        Check("greedy over a larger vocabulary", "One right answer, over 50 tokens.", "Decode", Greedy),
        Check("two texts in turn", "A decoder is used again.", "Decode: what is kept in fields", Again),
    ];

    /// <summary>A right rule that keeps fewer guesses than it could is right, and worth a word.</summary>
    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        var (gamma, wanted) = CallCases[^1];
        var (pair, request) = CallCase(variation, gamma, wanted);
        var (came, unsure) = Expected((ISpeculativeDecoder)answer, pair, request);
        var least = ExpectedCalls.Best(pair, [1], request);
        if (came - (unsure * wanted) > least + Tolerances.Law)
            yield return $"The text is the target's, and fewer guesses are kept than could be: with γ = {gamma}, {wanted} tokens take " +
                $"{came:0.###} calls of the target on average, where keeping a guess with min(1, p/q) takes {least:0.###}.";
    }

    /// <summary>
    /// Two drafts for one target: one that is always right and one that is always wrong. What the target is asked must differ.
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
            $"The draft's guesses are emitted as they come: {Wanted} tokens, {right.Calls.Count} calls of the draft, none of the target.");
        Demand.That(!Asked(withRight).SequenceEqual(Asked(withWrong)),
            $"This is the target decoding alone: {Wanted} tokens took {withRight.Calls.Count} calls of the target, the same with a draft " +
            $"that is always right as with one that is always wrong. The draft was called {right.Calls.Count} times.");
    }

    private static IEnumerable<string> Asked(WatchedModel model) =>
        model.Calls.Select(call => $"{string.Join(' ', call.Cached)}|{string.Join(' ', call.Fed)}");

    private static void Laws(
        ISpeculativeDecoder answer, Variation variation, int[] gammas, Func<IReadOnlyList<float>, double[]> distribution)
    {
        foreach (var gamma in gammas)
            Same(answer, variation, new(gamma, 3, distribution));
    }

    private static void LawWithStop(ISpeculativeDecoder answer, Variation variation)
    {
        for (var stop = 0; stop < 3; stop++)
            Same(answer, variation, new(2, 3, Plain, stop));
    }

    private static void Same(ISpeculativeDecoder answer, Variation variation, DecodingRequest request)
    {
        var pair = new ModelPair(
            TableModel.Arbitrary(3, variation.KeyOf("hidden target")), TableModel.Arbitrary(3, variation.KeyOf("hidden draft")));
        LoopLaws.RequireSame(answer, pair, [0, 2], request, $"stop token {request.StopToken?.ToString() ?? "none"}");
    }

    private static void LaterGuesses(ISpeculativeDecoder answer, Variation variation) =>
        LoopLaws.RequireSame(
            answer, ModelPair.Unrelated(2, variation, "later"), [1, 0], new(4, 5, Plain), "an unrelated draft over 2 tokens",
            maxRuns: 40_000);

    private static void ManyTokens(ISpeculativeDecoder answer, Variation variation) =>
        LoopLaws.RequireSame(
            answer, ModelPair.Sharper(40, variation, "forty"), [17], new(1, 2, Plain), "a sharper draft over 40 tokens", maxRuns: 60_000);

    private static void LongTexts(ISpeculativeDecoder answer, Variation variation)
    {
        const int Wanted = 100, Texts = 40;
        var pair = ModelPair.Sharper(5, variation, "long");
        LoopLaws.RequireSameSample(answer, pair, [4], new(3, Wanted, Plain), "a sharper draft over 5 tokens", Texts);
        var (target, draft) = (new WatchedModel(pair.Target), new WatchedModel(pair.Draft));
        for (var seed = 0; seed < 4; seed++)
            answer.Decode(target, draft, [4], new(3, Wanted, Plain), new SeededRandomness(seed));
        Demand.That(target.Calls.Count < 4 * Wanted * 19 / 20,
            $"{4 * Wanted} tokens of long texts took {target.Calls.Count} calls of the target: next to nothing is saved.");
    }

    /// <summary>
    /// The expected number of the target's calls, exact like the law. Fewer than the best rule needs: some tokens were judged by nobody.
    /// And of what the most careful rule saves with one guess a round (it keeps a guess that a fresh sample of the target's equals) an
    /// answer saves a part at least, whichever draft lengths it chooses.
    /// </summary>
    private static void CallsSaved(ISpeculativeDecoder answer, Variation variation)
    {
        foreach (var (gamma, wanted) in CallCases)
        {
            var (pair, request) = CallCase(variation, gamma, wanted);
            var (came, unsure) = Expected(answer, pair, request);
            var least = ExpectedCalls.Best(pair, [1], request);
            var most = wanted - ((wanted - ExpectedCalls.FreshSample(pair, [1], request with { DraftLength = 1 })) / 4);
            Demand.That(came + (unsure * wanted) >= least - Tolerances.Law,
                $"γ = {gamma}: {wanted} tokens take {came:0.###} calls of the target on average. Σ min(p, q) permits {least:0.###}; with " +
                "fewer, tokens are emitted that the target has not judged.");
            Demand.That(came - (unsure * wanted) <= most + Tolerances.Law,
                $"γ = {gamma}: {wanted} tokens take {came:0.###} calls of the target on average, of {wanted} without a draft; " +
                $"{least:0.###} are possible, and at most {most:0.###} are wanted.");
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
            var law = Law.Of((randomness, probability) =>
            {
                var (text, asked) = Counted(answer, pair, request, randomness);
                calls += probability() * asked;
                return text;
            }, LoopLaws.MostRuns);
            return (calls, law.Unseen);
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
            "The same prompt gave another greedy answer after another text had been decoded.");
    }

    private static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
        LoopLaws.Alone(target, prompt, request, randomness);

    private static double[] Plain(IReadOnlyList<float> logits) => Softmax.Of(logits);

    private static double[] TopTwo(IReadOnlyList<float> logits)
    {
        var law = Softmax.Of(logits);
        var least = Array.IndexOf(law, law.Min());
        return [.. law.Select((share, token) => token == least ? 0 : share / (1 - law[least]))];
    }
}

/// <summary>How many calls of the target a text takes on average, from the two models' distributions.</summary>
internal static class ExpectedCalls
{
    /// <summary>Every guess kept as often as the target's law permits: min(p, q).</summary>
    public static double Best(ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request) =>
        Text(pair, [.. prompt], request, request.MaxTokens, Math.Min);

    /// <summary>A guess kept where a fresh sample of the target's equals it: p · q.</summary>
    public static double FreshSample(ModelPair pair, IReadOnlyList<int> prompt, DecodingRequest request) =>
        Text(pair, [.. prompt], request, request.MaxTokens, (p, q) => p * q);

    private static double Text(ModelPair pair, int[] text, DecodingRequest request, int left, Func<double, double, double> kept) =>
        left == 0 ? 0 : 1 + Round(pair, text, request, Math.Min(request.DraftLength, left - 1), left, kept);

    /// <summary>
    /// From the inside of a round on, its own call not counted. What is not kept of a token's probability comes as a replacement.
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
