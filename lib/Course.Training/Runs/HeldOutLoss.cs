using Course.Inference.Measurement;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>The loss on text that was not trained on.</summary>
/// <param name="NatsPerToken">The mean of −ln p(next token).</param>
/// <param name="Tokens">The number of predicted tokens.</param>
public readonly record struct HeldOutLoss(double NatsPerToken, long Tokens)
{
    /// <summary>The loss in bits per byte, which can be compared between tokenizers, unlike nats per token.</summary>
    /// <param name="utf8Bytes">The number of UTF-8 bytes of the predicted text.</param>
    public double BitsPerByte(long utf8Bytes) => NatsPerToken * Tokens / Math.Log(2) / utf8Bytes;

    /// <summary>Measures the loss over <see cref="TextWindows"/>, each of them independently.</summary>
    /// <param name="forward">The model, [B, T] → [B, T, V]; called from two threads.</param>
    /// <param name="tokens">The text, with a separator before each document.</param>
    /// <param name="window">T, the tokens per window.</param>
    /// <param name="windows">The maximum number of windows, which are spread evenly over the text.</param>
    /// <param name="device">The device of <paramref name="forward"/>.</param>
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
