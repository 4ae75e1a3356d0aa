using Course.Benchmarks.Decoding;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Measurement;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using static System.FormattableString;

namespace Course.Benchmarks.Speculation;

/// <summary>
/// A target of 110 M read parameters, far larger than any cache, with a draft that is tiny beside it. Both have random weights, so what they
/// say means nothing: whether a draft token stands is decided by a coin of the acceptance wanted. Time does not depend on which tokens they are.
/// </summary>
internal static class SpeculateLargeShape
{
    private const double Acceptance = 0.8;
    private const int Gamma = 4;

    // Several texts: the coins of a single one fall too far from the acceptance that is wanted.
    private static readonly int[][] Prompts = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]];

    public static SpeculateSection Run(BenchModel model, LatencyMeter meter, int tokens)
    {
        using var target = model.Build(BenchFormat.All[0]);
        using var draft = new BenchModel(model.Shape with { Width = 64, Layers = 2, QueryHeads = 1, KeyValueHeads = 1, HiddenWidth = 128 }).Build(BenchFormat.All[0]);
        var sampling = SamplingOptions.Greedy;
        var drafter = new ModelDrafter(draft);
        var setting = new SpeculateSetting(
            Invariant($"large γ={Gamma}, scripted α={Acceptance}"),
            new(target, drafter, new() { DraftLength = Gamma }, rule: new Coin(Acceptance)), drafter, Gamma);
        return SpeculateSection.Compare(
            meter, "large cached", new CachedDecoder(target), [setting], decoder => SpeculatePair.Write(decoder, Prompts, tokens, sampling),
            "large shape, fp32");
    }

    /// <summary>Not a rule that keeps any law: it stands in for a draft of the given quality.</summary>
    private sealed class Coin(double acceptance) : IVerificationRule
    {
        public DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness)
        {
            var accepted = 0;
            while (accepted < draft.Count && randomness.Accept(acceptance))
                accepted++;
            return new([.. Enumerable.Range(0, accepted)], randomness.Draw(target[accepted]), Math.Min(accepted + 1, draft.Count));
        }
    }
}
