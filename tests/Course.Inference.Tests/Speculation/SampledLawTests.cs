using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation;

/// <summary>
/// Three-token joints of the trained pair, by sampling: real caches, single precision, a vocabulary of thousands. The top 3 of each step
/// are 27 sequences at most, whose probabilities the target states exactly.
/// </summary>
public sealed class SampledLawTests(TrainedPair pair) : IClassFixture<TrainedPair>
{
    private const int Samples = 250;
    private static readonly SamplingOptions Top3 = new() { TopK = 3 };

    [Fact]
    public void Speculation_passes_and_one_without_a_residual_is_rejected()
    {
        var prompt = pair.Prompts.MaxBy(Visibility)!;
        var law = SampledLaw.Of(pair.Target, prompt, 3, Top3);

        Assert.InRange(SampledLaw.Alarm(law, Sample(prompt, new RecursiveRejection())), 0, 1);
        Assert.True(SampledLaw.Alarm(law, Sample(prompt, FreshSampleAfterRejection.Rule)) > 1, $"The planted bug passes; at best its first token diverges by {Visibility(prompt):F3} nats.");
    }

    [Fact]
    public void The_alarm_grows_with_the_distance_and_rings_for_what_cannot_be()
    {
        var law = JointLaw.Given([new([0], 0.5), new([1], 0.5)]);
        double Alarm(int zeros, int ones, int others = 0) =>
            SampledLaw.Alarm(law, [.. Enumerable.Repeat(new[] { 0 }, zeros), .. Enumerable.Repeat(new[] { 1 }, ones), .. Enumerable.Repeat(new[] { 2 }, others)]);

        Assert.Equal(0, Alarm(500, 500));
        Assert.InRange(Alarm(540, 460), 0.1, 1);
        Assert.True(Alarm(640, 360) > 1);
        Assert.Equal(double.PositiveInfinity, Alarm(500, 500, 1));
    }

    private List<int[]> Sample(int[] prompt, IVerificationRule rule)
    {
        var decoder = new SpeculativeDecoder(pair.Target, new ModelDrafter(pair.Draft), new() { DraftLength = 2 }, rule: rule);
        return [.. Enumerable.Range(0, Samples).Select(seed =>
            decoder.Decode(prompt, new() { MaxTokens = 3, Sampling = Top3 }, new SeededRandomness((ulong)seed)).Select(token => token.Token).ToArray())];
    }

    /// <summary>
    /// How far, in nats, the planted bug's law of the first token is from the target's: min(p, q) + P(reject) · p instead of p.
    /// </summary>
    private double Visibility(int[] prompt)
    {
        double[] p = SampledLaw.Next(pair.Target, prompt, Top3), q = SampledLaw.Next(pair.Draft, prompt, Top3);
        var rejected = TotalVariation.Between(p, q);
        return p.Zip(q).Where(at => at.First > 0).Max(at => SampledLaw.Divergence(Math.Min(1, Math.Min(at.First, at.Second) + (rejected * at.First)), at.First));
    }
}
