namespace Course.TakeHome.Contracts;

/// <summary>A suite of tests, run on correct decoders and on wrong ones. The seed decides which wrong ones.</summary>
internal sealed class TestsVisibleChecks : CheckSuite<IDecoderTests>
{
    private const string Blind = "A bug that no test finds is shipped.";

    public override string Exercise => "tests";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("a suite", "Without tests there is no evidence.", "Tests: the list itself.", (answer, _) =>
            Demand.That(answer.Tests.Count > 0 && answer.Tests.All(test => test.Name.Length > 0 && test.Run is not null),
                $"There are {answer.Tests.Count} tests; at least one is expected, each with a name.")),
        Check("no false alarm", "A test that fails correct code gets disabled, and often the others with it.",
            "Tests: one demands something that was never promised, such as how often a model or the randomness is called.",
            NoFalseAlarm),
        Caught(
            "length", "sometimes emits more or fewer tokens than were requested",
            "MaxTokens: several values, not only multiples of γ + 1.", VisibleDecoders.Lengths),
        Caught(
            "stop token", "does not always end with the first stop token",
            "StopToken: wherever it may come, and whether it is the last token.", VisibleDecoders.Stops),
        Caught(
            "target's law", "samples from another distribution than the target's",
            "The distribution of what is emitted, against that of the target alone.", VisibleDecoders.Distributions),
        Caught(
            "later tokens", "emits a correct first token and wrong ones after it",
            "The joint distribution of several tokens, and γ larger than 1.", VisibleDecoders.Later),
        Caught(
            "chance", "takes its random numbers from somewhere else",
            "What a decoder emits must follow from the IRandomness that it was given.", VisibleDecoders.Chance),
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>
    {
        ["vocabulary"] = $"{variation.Between("vocabulary", 3, 5)}",
        ["gamma"] = $"{variation.Between("gamma", 2, 5)}",
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        ISpeculativeDecoder[] wrong = [
            .. VisibleDecoders.Lengths, .. VisibleDecoders.Stops, .. VisibleDecoders.Distributions, .. VisibleDecoders.Later,
            .. VisibleDecoders.Chance
        ];
        var tests = ((IDecoderTests)answer).Tests;
        foreach (var test in tests)
        {
            var caught = wrong.Count(decoder => Objection(test, decoder) is not null);
            yield return $"\"{test.Name}\" fails {caught} of {wrong.Length} wrong decoders";
        }
    }

    private static Check Caught(string name, string what, string where, IReadOnlyList<ISpeculativeDecoder> decoders) =>
        Check(name, Blind, where, (answer, variation) =>
        {
            var decoder = variation.Trial == Variation.Visible
                ? variation.Pick(name, decoders)
                : decoders[variation.SeedOf(name) % decoders.Count];
            Demand.That(answer.Tests.Any(test => Objection(test, decoder) is not null),
                $"A wrong decoder passes {(answer.Tests.Count == 1 ? "the only test" : $"all {answer.Tests.Count} tests")}. It {what}.");
        });

    private static void NoFalseAlarm(IDecoderTests answer, Variation variation)
    {
        foreach (var (name, decoder) in VisibleDecoders.Right)
            foreach (var test in answer.Tests)
            {
                var objection = Objection(test, decoder);
                Demand.That(objection is null, $"\"{test.Name}\" fails a correct decoder, {name}: {objection}");
            }
    }

    private static string? Objection(DecoderTest test, ISpeculativeDecoder decoder)
    {
        try
        {
            test.Run(decoder);
            return null;
        }
        catch (Exception e) when (e is not NotImplementedException)
        {
            return e.Message;
        }
    }
}
