using Xunit.Abstractions;

namespace Course.Inference.Tests.Speculation.Greedy;

/// <summary>
/// Greedy speculation writes what greedy decoding writes, token for token, behind every held-out prompt and in every way there is to speculate.
/// Slow: see tests/slow.runsettings.
/// </summary>
public abstract class GreedyProof(GreedyModels models, ITestOutputHelper output)
{
    public static TheoryData<string> Ways => [.. GreedyWays.All.Keys];

    protected void Hold(string way)
    {
        var (target, texts) = GreedyWays.All[way](models);
        var expected = models.Plain(target);
        Assert.Equal(models.Prompts.Count, texts.Count);
        for (var i = 0; i < texts.Count; i++)
            Assert.True(expected[i].AsSpan().SequenceEqual(texts[i]),
                $"{way}, prompt {i}: token {expected[i].AsSpan().CommonPrefixLength(texts[i])} of {expected[i].Length} is the first to differ.");
        output.WriteLine($"{way}: {texts.Count} prompts, {texts.Sum(text => text.Length)} tokens, all as greedy decoding writes them");
    }
}
