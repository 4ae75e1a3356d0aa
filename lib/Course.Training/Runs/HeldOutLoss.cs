using Course.Inference.Measurement;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>Loss on text that was never trained on.</summary>
/// <param name="NatsPerToken">Mean of −ln p(next token).</param>
/// <param name="Tokens">How many tokens were predicted.</param>
public readonly record struct HeldOutLoss(double NatsPerToken, long Tokens)
{
    /// <summary>Comparable between tokenizers, unlike nats per token.</summary>
    /// <param name="utf8Bytes">Bytes of the text that the tokens spell.</param>
    public double BitsPerByte(long utf8Bytes) => NatsPerToken * Tokens / Math.Log(2) / utf8Bytes;

    /// <summary>Each of <see cref="TextWindows"/> is judged by itself.</summary>
    /// <param name="forward">[B, T] → [B, T, V]; called from two threads.</param>
    /// <param name="tokens">The text, a separator before each document.</param>
    /// <param name="window">T.</param>
    /// <param name="windows">At most so many, spread evenly over the text.</param>
    /// <param name="device">Where <paramref name="forward"/> computes.</param>
    public static HeldOutLoss Measure(Func<Tensor, Tensor> forward, int[] tokens, int window, int windows, Device device)
    {
        var pieces = TextWindows.Of(tokens, window, windows);
        var nats = new double[pieces.Count];
        Parallel.For(0, nats.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            set_num_threads(1);
            var ids = tensor(pieces[i].Select(id => (long)id).ToArray(), [1, window + 1], device: device);
            nats[i] = Objectives.NextToken(forward(ids.narrow(1, 0, window)), ids, ids.narrow(1, 1, window)).ToDouble();
        });
        return new(nats.Average(), (long)nats.Length * window);
    }
}
