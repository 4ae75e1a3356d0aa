using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>What a suite must do besides finding the decoders that grading shows it.</summary>
internal sealed class TestsHiddenChecks : CheckSuite<IDecoderTests>
{
    public override string Exercise => "tests";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("deterministic", "Nobody believes a test that fails only sometimes.",
            "Tests that draw random numbers without a seed", (answer, _) =>
            Demand.That(answer.Tests.Select(test => test.Name).SequenceEqual(answer.Tests.Select(test => test.Name)),
                "The list of tests differs from one reading to the next.")),
        Check("a decoder that crashes", "A decoder that throws is wrong, too.", "Tests that swallow what a decoder throws", (answer, _) =>
            Demand.That(answer.Tests.Any(test => Throws(() => test.Run(new Crashing()))),
                "A decoder that always throws passes every test.")),
        Check("a decoder that says nothing", "A comparison over no tokens always succeeds.", "Loops over what was emitted", (answer, _) =>
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
