namespace Course.TakeHome.Exercises;

internal sealed class TestsBugs : BugFolder
{
    private const string Laws =
        "        new(\"The joint distribution of three tokens is the target's\", decoder => SameDistribution(decoder, null)),\n";

    private const string StopLaw =
        "        new(\"So is that of a text with a stop token\", decoder => SameDistribution(decoder, 1)),\n";

    private const string ThirdLaw =
        "        new(\"So is that of four tokens, with a third draft token\",\n"
        + "            decoder => SameDistribution(decoder, null, TableModel.Arbitrary(2, 13), 4)),\n";

    private const string Came = "Law came = Law.Of(randomness => decoder.Decode(target, draft, [0], request, randomness));";
    private const string Compared = "Law expected = Law.Of(randomness => Alone(target, request, randomness));\n                " + Came;

    public override string Exercise => "tests";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "empty", "a suite", "Has no test.", "    private static readonly TableModel Target",
            "    IReadOnlyList<DecoderTest> IDecoderTests.Tests => [];\n\n    private static readonly TableModel Target"),
        new("counts-calls", "no false alarm", "Demands fewer calls of the target than tokens, which was never promised.",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {\n        WatchedModel watched = new(Target);\n"
                + "        decoder.Decode(watched, Target, [0], new(2, 9, row => Softmax.Of(row)), new SeededRandomness(1));\n"
                + "        Demand.That(watched.Calls.Count < 9, \"Too many calls.\");"),
        new("one-seed", "no false alarm", "Compares with one recorded text.",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {\n"
                + "        DecodingRequest request = new(2, 9, row => Softmax.Of(row));\n"
                + "        Demand.That(decoder.Decode(Target, Target, [0], request, new SeededRandomness(5))"
                + ".SequenceEqual(Alone(Target, request, new SeededRandomness(5))), \"Another text.\");"),
        new("skips-wrong-lengths", "length", "Tests only decoders that emit the expected number of tokens.",
            "public sealed class DecoderTests : IDecoderTests\n{",
            "public sealed class DecoderTests : IDecoderTests\n{\n"
                + "    private static bool Fits(ISpeculativeDecoder decoder) => Enumerable.Range(1, 12).All(wanted =>\n"
                + "        decoder.Decode(Target, Target, [0], new(wanted % 3 + 1, wanted, row => Softmax.Of(row)), "
                + "new SeededRandomness(1))\n"
                + "            .Count == wanted);\n\n"
                + "    IReadOnlyList<DecoderTest> IDecoderTests.Tests =>\n"
                + "        [.. Tests.Select(test => new DecoderTest(test.Name, decoder => { if (Fits(decoder)) test.Run(decoder); }))];\n"),
        new("no-stop-token", "stop token", "Never tests a stop token.", StopLaw, ""),
        new("lengths-only", "target's law", "Compares only the numbers of tokens.", Laws + StopLaw + ThirdLaw, ""),
        new("first-token-only", "later tokens", "Compares only the distribution of the first token.", Compared,
            "Law expected = Law.Of(randomness => Alone(target, request, randomness).Take(1));\n"
                + "                Law came = Law.Of(randomness => decoder.Decode(target, draft, [0], request, randomness).Take(1));"),
        new("chance-of-its-own", "chance", "Compares the distribution only if random numbers were drawn.", Came,
            Came + "\n                if (came.Runs == 1) return;"),
    ];
}
