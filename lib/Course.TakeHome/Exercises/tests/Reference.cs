using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class DecoderTests : IDecoderTests
{
    private static readonly TableModel Target = TableModel.Arbitrary(3, 11);

    public IReadOnlyList<DecoderTest> Tests { get; } =
    [
        new("The joint distribution of three tokens is the target's", decoder => SameDistribution(decoder, null)),
        new("So is that of a text with a stop token", decoder => SameDistribution(decoder, 1)),
        new("So is that of four tokens, with a third draft token",
            decoder => SameDistribution(decoder, null, TableModel.Arbitrary(2, 13), 4)),
        new("The requested number of tokens is emitted", Lengths),
    ];

    private static void SameDistribution(ISpeculativeDecoder decoder, int? stop, TableModel? other = null, int wanted = 3)
    {
        TableModel target = other ?? Target;
        TableModel sharper = target.Select(logits => [.. logits.Select(l => 2 * l)]),
            unrelated = TableModel.Arbitrary(target.VocabularySize, 12);
        foreach (TableModel draft in new[] { sharper, unrelated, target })
            foreach (int gamma in new[] { 1, 2, 3 })
            {
                DecodingRequest request = new(gamma, wanted, row => Softmax.Of(row), stop);
                Law expected = Law.Of(randomness => Alone(target, request, randomness));
                Law came = Law.Of(randomness => decoder.Decode(target, draft, [0], request, randomness));
                Demand.That(Law.Distance(came, expected) < 1e-9, $"γ = {gamma}: distance {Law.Distance(came, expected)}.");
            }
    }

    private static void Lengths(ISpeculativeDecoder decoder)
    {
        for (int wanted = 1; wanted <= 9; wanted++)
        {
            int came = decoder.Decode(Target, Target, [0], new(2, wanted, row => Softmax.Of(row)), new SeededRandomness(wanted)).Count;
            Demand.That(came == wanted, $"{wanted} tokens wanted, {came} came.");
        }
    }

    private static List<int> Alone(TableModel target, DecodingRequest request, IRandomness randomness)
    {
        List<int> text = [0];
        while (text.Count <= request.MaxTokens && (text.Count == 1 || text[^1] != request.StopToken))
            text.Add(randomness.Draw(request.Distribution(target.Logits(text))));
        return text[1..];
    }
}
