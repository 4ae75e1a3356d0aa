using Course.Inference;
using Course.Inference.Families.Llama;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Course.Benchmarks.Decoding;

/// <summary>What a cache saves on a long text: the next token's logits with everything recomputed, and with everything but it cached, in turn.</summary>
public static class CacheBenchmark
{
    /// <param name="checkpoint">A model.</param>
    /// <param name="length">Tokens of text, the new one included; no more than the model's context.</param>
    /// <param name="options">How it is timed.</param>
    public static BenchReport Run(string checkpoint, int length, MeasurementOptions options)
    {
        using var plain = Models.LoadReadable(checkpoint, CPU);
        using var fused = Models.Load(checkpoint);
        var text = Enumerable.Range(0, length).Select(i => 10 + (i % 400)).ToArray();
        using var plainStep = new LastStep(plain, text);
        using var fusedStep = new LastStep(fused, text);
        var timings = new LatencyMeter(CPU, options).Interleave(
        [
            ("naive", () => plain.Forward(TokenBatch.Of(text), null, LogitsOf.LastToken)),
            ("cached", plainStep.Run),
            ("naive, fused", () => fused.Forward(TokenBatch.Of(text), null, LogitsOf.LastToken)),
            ("cached, fused", fusedStep.Run),
        ]);
        return new("cache", timings, [.. timings.Chunk(2).Select(pair =>
            Invariant($"{pair[1].Name}: {pair[0].Median / pair[1].Median:0.0}× as fast as {pair[0].Name}, for the last of {length} tokens"))]);
    }

    /// <summary>The last token of a text, again and again: all others stay cached.</summary>
    private sealed class LastStep : IDisposable
    {
        private readonly ILlamaModel model;
        private readonly IKeyValueCache cache;
        private readonly TokenBatch last;

        public LastStep(ILlamaModel model, int[] text)
        {
            (this.model, cache, last) = (model, model.CreateCache(), TokenBatch.Of(text[^1]));
            model.Forward(TokenBatch.Of(text.AsSpan(..^1)), cache, LogitsOf.NoToken);
        }

        public void Run()
        {
            model.Forward(last, cache, LogitsOf.LastToken);
            cache.Rewind(1);
        }

        public void Dispose() => cache.Dispose();
    }
}
