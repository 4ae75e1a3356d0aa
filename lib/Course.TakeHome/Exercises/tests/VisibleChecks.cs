namespace Course.TakeHome.Contracts;

/// <summary>A suite of tests, held to right decoders and to wrong ones; which wrong ones, the seed decides.</summary>
internal sealed class TestsVisibleChecks : CheckSuite<IDecoderTests>
{
    private const string Blind = "A bug that no test sees is shipped.";

    public override string Exercise => "tests";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("a suite", "No test, no evidence.", "Tests: the list itself.", (answer, _) =>
            Demand.That(answer.Tests.Count > 0 && answer.Tests.All(test => test.Name.Length > 0 && test.Run is not null),
                $"{answer.Tests.Count} tests came; at least one is wanted, each with a name.")),
        Check("no false alarm", "A test that objects to what is right is switched off, and takes the others with it.",
            "Tests: one asks for something that nobody promised, such as how often chance or a model is asked.", NoFalseAlarm),
        Caught(
            "length", "sometimes emits more or fewer tokens than were asked for",
            "MaxTokens: several values, beside multiples of γ + 1 too.", VisibleDecoders.Lengths),
        Caught(
            "stop token", "does not always end with the first stop token",
            "StopToken: wherever it may come, and whether it is the last token.", VisibleDecoders.Stops),
        Caught(
            "target's law", "samples from another distribution than the target's",
            "The law of what is emitted, against that of the target alone.", VisibleDecoders.Laws),
        Caught(
            "later tokens", "emits a first token that is right, and goes wrong behind it",
            "The joint law of several tokens; and γ larger than 1.", VisibleDecoders.Later),
        Caught(
            "chance", "takes chance from somewhere else", "What a decoder emits must follow from the IRandomness that it was handed.",
            VisibleDecoders.Chance),
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>
    {
        ["vocabulary"] = $"{variation.Between("vocabulary", 3, 5)}",
        ["gamma"] = $"{variation.Between("gamma", 2, 5)}",
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        ISpeculativeDecoder[] wrong = [
            .. VisibleDecoders.Lengths, .. VisibleDecoders.Stops, .. VisibleDecoders.Laws, .. VisibleDecoders.Later,
            .. VisibleDecoders.Chance
        ];
        var tests = ((IDecoderTests)answer).Tests;
        foreach (var test in tests)
        {
            var caught = wrong.Count(decoder => Objection(test, decoder) is not null);
            yield return $"\"{test.Name}\" objects to {caught} of {wrong.Length} wrong decoders";
        }
    }

    private static Check Caught(string name, string what, string where, IReadOnlyList<ISpeculativeDecoder> decoders) =>
        Check(name, Blind, where, (answer, variation) =>
        {
            var decoder = variation.Trial == Variation.Visible
                ? variation.Pick(name, decoders)
                : decoders[variation.SeedOf(name) % decoders.Count];
            Demand.That(answer.Tests.Any(test => Objection(test, decoder) is not null),
                $"A wrong decoder gets past {(answer.Tests.Count == 1 ? "the only test" : $"all {answer.Tests.Count} tests")}. It {what}.");
        });

    private static void NoFalseAlarm(IDecoderTests answer, Variation variation)
    {
        foreach (var (name, decoder) in VisibleDecoders.Right)
            foreach (var test in answer.Tests)
            {
                var objection = Objection(test, decoder);
                Demand.That(objection is null, $"\"{test.Name}\" objects to a right decoder, {name}: {objection}");
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
