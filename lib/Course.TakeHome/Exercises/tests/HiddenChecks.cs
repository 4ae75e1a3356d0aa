using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>What a suite is held to besides the decoders that grading puts before it.</summary>
internal sealed class TestsHiddenChecks : CheckSuite<IDecoderTests>
{
    public override string Exercise => "tests";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("deterministic", "A test that fails now and then is a test that nobody believes.",
            "Tests that draw from chance without a seed", (answer, _) =>
            Demand.That(answer.Tests.Select(test => test.Name).SequenceEqual(answer.Tests.Select(test => test.Name)),
                "The list of tests differs from one reading to the next.")),
        Check("a decoder that crashes", "An exception is an answer too.", "Tests that swallow what a decoder throws", (answer, _) =>
            Demand.That(answer.Tests.Any(test => Throws(() => test.Run(new Crashing()))),
                "A decoder that always throws passes every test.")),
        Check("a decoder that says nothing", "Nothing is easier to compare than nothing.", "Loops over what was emitted", (answer, _) =>
            Demand.That(answer.Tests.Any(test => Throws(() => test.Run(new Silent()))), "A decoder that emits nothing passes every test.")),
    ];

    private static bool Throws(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (Exception e) when (e is not NotImplementedException)
        {
            return true;
        }
    }

    private sealed class Crashing : ISpeculativeDecoder
    {
        public IReadOnlyList<int> Decode(
            ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
            throw new InvalidOperationException("This decoder always throws.");
    }

    private sealed class Silent : ISpeculativeDecoder
    {
        public IReadOnlyList<int> Decode(
            ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) => [];
    }
}
