using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>Draft lengths and options that the candidate's folder does not try.</summary>
internal sealed class LoopHiddenChecks : CheckSuite<ISpeculativeDecoder>
{
    public override string Exercise => "loop";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("two models at work", "Speculation is the target judging what the draft guessed. One of the two alone writes a text as well, and saves nothing or promises nothing.", "Decode: who is called, and with what", TwoModels),
        Check("law for other draft lengths", "γ is the caller's.", "Decode: a γ that is written down", (answer, variation) => Laws(answer, variation, [3, 4], Plain)),
        Check("law at a temperature", "Both models sample under the caller's options.", "Decode: request.Distribution for target and draft alike", (answer, variation) => Laws(answer, variation, [2], logits => Softmax.Of(logits, 0.5))),
        Check("law when truncated", "A truncated draft may exclude what the target wants, and the other way round.", "Decode: zeros in either distribution", (answer, variation) => Laws(answer, variation, [1, 2], TopTwo)),
        Check("law with a stop token", "Stopping must not change what comes before.", "Decode: stop token inside a draft", LawWithStop),
        Check("greedy over a larger vocabulary", "One right answer, over 50 tokens.", "Decode", Greedy),
        Check("two texts in turn", "A decoder is used again.", "Decode: what is kept in fields", Again),
    ];

    /// <summary>Two drafts for one target: one that is always right and one that is always wrong. What the target is asked must differ.</summary>
    private static void TwoModels(ISpeculativeDecoder answer, Variation variation)
    {
        const int Wanted = 24;
        var table = TableModel.Arbitrary(5, variation.SeedOf("two models"));
        var (right, wrong) = (new WatchedModel(table), new WatchedModel(table.Select(logits => [.. logits.Select(logit => -logit)])));
        var (withRight, withWrong) = (new WatchedModel(table), new WatchedModel(table));
        answer.Decode(withRight, right, [2], new(4, Wanted, Softmax.Greedy), new SeededRandomness(4));
        answer.Decode(withWrong, wrong, [2], new(4, Wanted, Softmax.Greedy), new SeededRandomness(4));
        Demand.That(withRight.Calls.Count > 0, $"The draft's guesses are emitted as they come: {Wanted} tokens, {right.Calls.Count} calls of the draft, none of the target.");
        Demand.That(!Asked(withRight).SequenceEqual(Asked(withWrong)),
            $"This is the target decoding alone: {Wanted} tokens took {withRight.Calls.Count} calls of the target, the same with a draft that is always right as with one that is always wrong. The draft was called {right.Calls.Count} times.");
    }

    private static IEnumerable<string> Asked(WatchedModel model) => model.Calls.Select(call => $"{string.Join(' ', call.Cached)}|{string.Join(' ', call.Fed)}");

    private static void Laws(ISpeculativeDecoder answer, Variation variation, int[] gammas, Func<IReadOnlyList<float>, double[]> distribution)
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
        var target = TableModel.Arbitrary(3, variation.SeedOf("hidden target"));
        var draft = TableModel.Arbitrary(3, variation.SeedOf("hidden draft"));
        var expected = Law.Of(randomness => Alone(target, [0, 2], request, randomness));
        var came = Law.Of(randomness => answer.Decode(target, draft, [0, 2], request, randomness));
        Demand.That(Law.Distance(came, expected) <= 1e-12, $"γ = {request.DraftLength}, stop token {request.StopToken?.ToString() ?? "none"}: the joint law of three tokens is {Law.Distance(came, expected):G3} in total variation away from the target's.");
    }

    private static void Greedy(ISpeculativeDecoder answer, Variation variation)
    {
        var target = TableModel.Arbitrary(50, variation.SeedOf("wide target"));
        var draft = target.Select(logits => [.. logits.Select((logit, token) => token % 7 == 3 ? 0 : logit)]);
        var request = new DecodingRequest(5, 50, Softmax.Greedy);
        Demand.That(answer.Decode(target, draft, [4, 8], request, new SeededRandomness(2)).SequenceEqual(Alone(target, [4, 8], request, new SeededRandomness(2))),
            "Greedy speculation over 50 tokens is not greedy decoding.");
    }

    private static void Again(ISpeculativeDecoder answer, Variation variation)
    {
        var target = TableModel.Arbitrary(6, variation.SeedOf("again"));
        int[] Greedily(int[] prompt) => [.. answer.Decode(target, target, prompt, new(3, 10, Softmax.Greedy), new SeededRandomness(1))];
        var first = Greedily([1, 2]);
        Greedily([5]);
        Demand.That(Greedily([1, 2]).SequenceEqual(first), "The same prompt gave another greedy answer after another text had been decoded.");
    }

    private static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
    {
        var text = prompt.ToList();
        while (text.Count < prompt.Count + request.MaxTokens && (text.Count == prompt.Count || text[^1] != request.StopToken))
            text.Add(randomness.Draw(request.Distribution(target.Logits(text))));
        return text[prompt.Count..];
    }

    private static double[] Plain(IReadOnlyList<float> logits) => Softmax.Of(logits);

    private static double[] TopTwo(IReadOnlyList<float> logits)
    {
        var law = Softmax.Of(logits);
        var least = Array.IndexOf(law, law.Min());
        return [.. law.Select((share, token) => token == least ? 0 : share / (1 - law[least]))];
    }
}
