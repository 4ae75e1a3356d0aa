using Course.Training.Runs;
using static TorchSharp.torch;

namespace Course.Training.Pairs;

/// <summary>
/// What storing weights in 16 bits costs: nats per token with every weight rounded and widened again, as a CPU runs it.
/// All on the same windows.
/// </summary>
/// <param name="Float32">Before rounding.</param>
/// <param name="BFloat16">Rounded to bfloat16.</param>
/// <param name="Float16">Rounded to float16.</param>
/// <param name="Tokens">How many tokens each loss is the mean over.</param>
public sealed record RoundedLosses(double Float32, double BFloat16, double Float16, long Tokens);

public static class Rounding
{
    /// <summary>
    /// The difference between two roundings of one model varies little from window to window; a part of the text shows it.
    /// </summary>
    private const int Windows = 64;

    /// <param name="model">float32.</param>
    /// <param name="stored">The type that the weights are stored in.</param>
    /// <param name="heldOut">The text, a separator before each document.</param>
    /// <param name="window">T.</param>
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
