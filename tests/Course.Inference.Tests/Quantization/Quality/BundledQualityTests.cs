using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Measurement;
using Course.Inference.Quantization;
using Course.Inference.Quantization.Quality;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Quantization.Quality;

/// <summary>What the bundled target loses, on a part of the held-out stories: <c>course evaluate</c> measures it on more.</summary>
public class BundledQualityTests(ITestOutputHelper output)
{
    [SharedDataFact]
    [Trait("Speed", "Slow")]
    public void Int8_and_int4_stay_within_their_bounds_and_error_feedback_lessens_the_divergence()
    {
        using var scope = NewDisposeScope();
        var (c, stored) = Checkpoint.Read(Bundled.Target);
        var tensors = stored.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32));
        var tokenizer = TokenizerFile.Load(Bundled.Target);
        var text = tokenizer.Encode(Utf8File.ReadAllText(SharedData.Path("data", "corpora", "tinystories_valid_sample.txt"))[..100_000]);
        var windows = TextWindows.Of([.. text], 256, most: 8);
        using var reference = Models.LoadReadable(Bundled.Target);
        using var calibration = Calibration.Observe(c, tensors, SelfGeneratedText.Write(reference, c.BeginToken!.Value, 256));
        using LlamaModel
            int8 = new(c, QuantizedWeights.From(c, tensors, WeightFormat.Int8), CPU),
            nearest = new(c, QuantizedWeights.From(c, tensors, WeightFormat.Int4()), CPU),
            feedback = new(c, QuantizedWeights.From(c, tensors, calibration.Moment), CPU);
        var quality = QualityMeter.Compare(reference, [("int8", int8), ("int4", nearest), ("int4, error feedback", feedback)], windows);
        foreach (var q in quality)
            output.WriteLine($"{q.Name}: perplexity {q.Perplexity:F3}, {q.PerplexityIncrease:P2}, KL {q.Divergence}");

        Assert.InRange(quality[1].PerplexityIncrease, -0.005, 0.005);
        Assert.InRange(quality[2].PerplexityIncrease, -0.04, 0.04);
        Assert.InRange(quality[3].PerplexityIncrease, -0.04, 0.04);
        // With far more than the noise between: about 0.6; more text to calibrate on brings it nearer to a half.
        Assert.InRange(quality[3].Divergence.Mean / quality[2].Divergence.Mean, 0.3, 0.8);
        Assert.InRange(quality[1].Divergence.Mean / quality[2].Divergence.Mean, 0, 0.1);
    }
}
