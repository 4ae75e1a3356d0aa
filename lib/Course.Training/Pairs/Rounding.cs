using Course.Training.Runs;
using static TorchSharp.torch;

namespace Course.Training.Pairs;

/// <summary>
/// The loss with weights stored in 16 bits, in nats per token: every weight is rounded and widened again, as a CPU uses it. All losses are
/// measured on the same windows.
/// </summary>
/// <param name="Float32">The loss without rounding.</param>
/// <param name="BFloat16">The loss with weights rounded to bfloat16.</param>
/// <param name="Float16">The loss with weights rounded to float16.</param>
/// <param name="Tokens">The number of tokens in each mean.</param>
public sealed record RoundedLosses(double Float32, double BFloat16, double Float16, long Tokens);

public static class Rounding
{
    /// <summary>
    /// The number of windows for the comparison. The difference between two roundings varies little between windows, so a
    /// part of the text is enough.
    /// </summary>
    private const int Windows = 64;

    /// <summary>Measures the loss of the weights as stored, and compares float32, bfloat16 and float16.</summary>
    /// <param name="model">The model, with float32 weights.</param>
    /// <param name="stored">The type in which the weights are stored.</param>
    /// <param name="heldOut">The held-out text, with a separator before each document.</param>
    /// <param name="window">T, the tokens per window.</param>
    /// <returns>The loss of the stored weights over the whole text, and the comparison over a part of it.</returns>
    public static (HeldOutLoss Stored, RoundedLosses Comparison) Measure(TrainableLlama model, ScalarType stored, int[] heldOut, int window)
    {
        HeldOutLoss Rounded(ScalarType type, int windows)
        {
            using var scope = NewDisposeScope();
            var tensors = model.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.detach().to(type));
            using var rounded = TrainableLlama.From(model.Configuration, tensors, model.Device);
            return HeldOutLoss.Measure(rounded.ForwardExactly, heldOut, window, windows, model.Device);
        }

        var exact = Rounded(ScalarType.Float32, Windows);
        return (Rounded(stored, int.MaxValue),
            new(
                exact.NatsPerToken,
                Rounded(ScalarType.BFloat16, Windows).NatsPerToken,
                Rounded(ScalarType.Float16, Windows).NatsPerToken,
                exact.Tokens));
    }
}
