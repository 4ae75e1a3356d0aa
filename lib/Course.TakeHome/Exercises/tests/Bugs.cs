namespace Course.TakeHome.Exercises;

internal sealed class TestsBugs : BugFolder
{
    private const string Laws = "        new(\"The joint law of three tokens is the target's\", decoder => SameLaw(decoder, null)),\n";
    private const string StopLaw = "        new(\"So it is where a stop token ends the text\", decoder => SameLaw(decoder, 1)),\n";

    private const string ThirdLaw =
        "        new(\"So is that of four, where a draft has a third guess\", decoder => SameLaw(decoder, " +
        "null, TableModel.Arbitrary(2, 13), 4)),\n";

    private const string Came = "Law came = Law.Of(randomness => decoder.Decode(target, draft, [0], request, randomness));";
    private const string Compared = "Law expected = Law.Of(randomness => Alone(target, request, randomness));\n                " + Came;

    public override string Exercise => "tests";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "empty", "a suite", "Has no test.", "    private static readonly TableModel Target",
            "    IReadOnlyList<DecoderTest> IDecoderTests.Tests => [];\n\n    private static readonly TableModel Target"),
        new("counts-calls", "no false alarm", "Demands fewer calls of the target than tokens, which nobody promised.",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {\n        WatchedModel watched = new(Target);\n        " +
            "decoder.Decode(watched, Target, [0], new(2, 9, row => Softmax.Of(row)), new SeededRandomness(1));\n        " +
            "Demand.That(watched.Calls.Count < 9, \"Too many calls.\");"),
        new("one-seed", "no false alarm", "Compares with one recorded text.",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {",
            "private static void Lengths(ISpeculativeDecoder decoder)\n    {\n        Demand.That(decoder.Decode(Target, Target, [0], " +
            "new(2, 9, row => Softmax.Of(row)), new SeededRandomness(5)).SequenceEqual(Alone(Target, new(2, 9, row => Softmax.Of(row)), " +
            "new SeededRandomness(5))), \"Another text.\");"),
        new("skips-wrong-lengths", "length", "Holds only those decoders to anything whose texts are as long as it expects.",
            "public sealed class DecoderTests : IDecoderTests\n{",
            "public sealed class DecoderTests : IDecoderTests\n{\n    private static bool Fits(ISpeculativeDecoder decoder) => " +
            "Enumerable.Range(1, 12).All(wanted => decoder.Decode(Target, Target, [0], new(wanted % 3 + 1, wanted, row => " +
            "Softmax.Of(row)), new SeededRandomness(1)).Count == wanted);\n\n"
            + "    IReadOnlyList<DecoderTest> IDecoderTests.Tests => [.. Tests.Select(test => new DecoderTest(test.Name, decoder => { if " +
                "(Fits(decoder)) test.Run(decoder); }))];\n"),
        new("no-stop-token", "stop token", "Never asks for a stop token.", StopLaw, ""),
        new("lengths-only", "target's law", "Compares lengths and nothing else.", Laws + StopLaw + ThirdLaw, ""),
        new("first-token-only", "later tokens", "Compares the law of the first token.", Compared,
            "Law expected = Law.Of(randomness => Alone(target, request, randomness).Take(1));\n                Law came = " +
            "Law.Of(randomness => decoder.Decode(target, draft, [0], request, randomness).Take(1));"),
        new("chance-of-its-own", "chance", "Compares the law only where chance was asked.", Came,
            Came + "\n                if (came.Runs == 1) return;"),
    ];
}
