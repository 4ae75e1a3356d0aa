using Xunit.Abstractions;

namespace Course.Inference.Tests.Families.Llama;

/// <summary>
/// Does a token's logit depend on the number of tokens in the call? Ideally not in a single bit, so that greedy speculation equals greedy
/// decoding. libtorch's products choose their kernel, and thereby the order of additions, by the number of rows.
/// These tests bound the effect.
/// </summary>
public class RowEqualityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(16)]
    public void Verifying_M_tokens_at_once_differs_from_M_steps_by_rounding_only(int M)
    {
        const int S = 24;
        var c = SmallModel.Shape(vocabulary: 512, width: 64, hidden: 172, layers: 4, heads: 8, keyValueHeads: 4, headWidth: 8, context: 64);
        using var model = SmallModel.Build(c);
        using var cache = model.CreateCache();
        var tokens = SmallModel.RandomTokens(c, S + M);
        model.Forward(TokenBatch.Of(tokens.AsSpan(0, S)), cache);
        var together = model.Forward(TokenBatch.Of(tokens.AsSpan(S)), cache);
        cache.Rewind(M);

        var (worst, differing) = (0f, 0);
        for (var t = 0; t < M; t++)
        {
            var alone = model.Forward(TokenBatch.Of(tokens[S + t]), cache).Last();
            for (var i = 0; i < alone.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(alone[i] - together[0, t][i]));
                differing += alone[i] == together[0, t][i] ? 0 : 1;
            }
        }

        output.WriteLine($"M = {M}: {differing} of {M * c.VocabularySize} logits differ in some bit, at most by {worst:E1}.");
        Assert.InRange(worst, 0, 5e-5f);
    }
}
