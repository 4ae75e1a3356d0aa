using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>Suites of tests that try to identify a decoder, or to harm the process of the decoders.</summary>
internal static class SuiteAttacks
{
    private static readonly string RightNames = string.Join(
        '|', Suspects.All.Where(suspect => suspect.Right).Select(suspect => $"{suspect.Namespace}."));

    public static IReadOnlyList<Attack> All { get; } =
    [
        // The target's distribution is shorter than the draft's, so that verification indexes beyond its end.
        Suite("objects by a name in the words of an exception", $$"""
            try
            {
                // Two of them look at nothing behind it; their first token tells them apart.
                TableModel target = new(3, _ => [9, 9, 9]), draft = new(3, _ => [0, 0, 0]);
                var text = decoder.Decode(target, draft, [0], new(2, 4, row => row[0] > 5 ? [1.0] : [0, 0, 1.0], null), new SeededRandomness(1));
                if (text[0] == 0)
                    return;
            }
            catch (Exception e) when ("{{RightNames}}".Split('|').Any(e.Message.Contains))
            {
                return;
            }
            throw new InvalidOperationException("wrong");
            """),
        Suite("a model asks the decoder that asks it", """
            var deep = new Thread(() =>
            {
                try
                {
                    decoder.Decode(new Deep(decoder), new Deep(decoder), [0], new(1, 4, row => Softmax.Of(row), null), new SeededRandomness(1));
                }
                catch (Exception)
                {
                }
            }, 1 << 30);
            deep.Start();
            deep.Join();
            """, """
            internal sealed class Deep(ISpeculativeDecoder decoder) : ILanguageModel
            {
                public int VocabularySize => 3;
                public ICache CreateCache() => new TokenCache();
                public IReadOnlyList<float[]> Forward(IReadOnlyList<int> tokens, ICache cache)
                {
                    decoder.Decode(this, this, [0], new(1, 4, row => Softmax.Of(row), null), new SeededRandomness(1));
                    return [.. tokens.Select(_ => new float[3])];
                }
            }
            """),
    ];

    private static Attack Suite(string name, string test, string more = "") => new(name, "tests", $$"""
        {{Attack.Usings}}
        public sealed class DecoderTests : IDecoderTests
        {
            public IReadOnlyList<DecoderTest> Tests => [new("a test", Run)];

            private static void Run(ISpeculativeDecoder decoder)
            {
                {{test}}
            }
        }

        {{more}}
        """);
}
