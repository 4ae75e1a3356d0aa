using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization.Quality;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Quantization.Quality;

public class QualityMeterTests
{
    private const int T = 6;
    private static readonly LlamaConfiguration Shape = SmallModel.Shape();
    private static readonly int[][] Windows = [.. Enumerable.Range(0, 4).Select(seed => SmallModel.RandomTokens(Shape, T + 1, seed))];

    private static double[] LogSoftmax(ReadOnlySpan<float> logits)
    {
        double[] wide = [.. logits.ToArray().Select(x => (double)x)];
        var total = Math.Log(wide.Sum(Math.Exp));
        return [.. wide.Select(x => x - total)];
    }

    [Fact]
    public void Perplexity_and_divergence_are_those_of_the_definitions()
    {
        using LlamaModel p = SmallModel.Build(Shape, 1), q = SmallModel.Build(Shape, 2);
        double nats = 0, excess = 0, divergence = 0;
        foreach (var window in Windows)
            for (var t = 0; t < T; t++)
            {
                var (own, theirs) = (LogSoftmax(q.Forward(TokenBatch.Of(window.AsSpan(..^1)))[0, t]), LogSoftmax(p.Forward(TokenBatch.Of(window.AsSpan(..^1)))[0, t]));
                nats -= own[window[t + 1]] / (T * Windows.Length);
                excess += (theirs[window[t + 1]] - own[window[t + 1]]) / (T * Windows.Length);
                divergence += theirs.Zip(own, (a, b) => Math.Exp(a) * (a - b)).Sum() / (T * Windows.Length);
            }

        var quality = QualityMeter.Compare(p, [("q", q)], Windows)[1];
        Assert.Equal(nats, quality.NatsPerToken.Mean, 1e-9);
        Assert.Equal(Math.Exp(nats), quality.Perplexity, 1e-6);
        Assert.Equal(Math.Exp(excess) - 1, quality.PerplexityIncrease, 1e-9);
        Assert.Equal(divergence, quality.Divergence.Mean, 1e-9);
        Assert.Equal((4, 24L), (quality.Windows, quality.Tokens));
        Assert.InRange(quality.PerplexityIncrease, quality.IncreaseInterval.Low, quality.IncreaseInterval.High);
    }

    [Fact]
    public void A_model_is_no_different_from_itself()
    {
        using LlamaModel p = SmallModel.Build(Shape), again = SmallModel.Build(Shape);
        foreach (var quality in QualityMeter.Compare(p, [("again", again)], Windows))
        {
            Assert.Equal((0, 0, 1), (quality.PerplexityIncrease, quality.ExcessNats.StandardError, quality.SameChoice));
            Assert.Equal(0, quality.Divergence.Mean, 1e-12);
        }
    }

    [Fact]
    public void Standard_error_is_that_of_the_mean()
    {
        var estimate = Estimate.Of([1, 2, 3, 6]);
        Assert.Equal(3, estimate.Mean);
        Assert.Equal(Math.Sqrt((4 + 1 + 0 + 9) / 3.0 / 4), estimate.StandardError, 1e-12);
    }

    [Fact]
    public void Another_vocabulary_and_windows_of_several_lengths_are_refused()
    {
        using LlamaModel p = SmallModel.Build(Shape), other = SmallModel.Build(Shape with { VocabularySize = 30 });
        Assert.Contains("30 tokens", Assert.Throws<CourseException>(() => QualityMeter.Compare(p, [("other", other)], Windows)).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => QualityMeter.Compare(p, [], []));
        Assert.Throws<CourseException>(() => QualityMeter.Compare(p, [], [[1, 2, 3], [1, 2]]));
    }
}
