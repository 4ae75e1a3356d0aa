using Course.Training.Runs;
using static TorchSharp.torch;

namespace Course.Training.Pairs;

/// <summary>What storing weights in 16 bits costs: nats per token with every weight rounded and widened again, as a CPU runs it.</summary>
/// <param name="Float32">Before rounding.</param>
/// <param name="BFloat16">Rounded to bfloat16.</param>
/// <param name="Float16">Rounded to float16.</param>
/// <param name="Tokens">How many tokens each loss is the mean over.</param>
public sealed record RoundedLosses(double Float32, double BFloat16, double Float16, long Tokens);

public static class Rounding
{
    public static RoundedLosses Measure(TrainableLlama model, int[] heldOut, int window)
    {
        var exact = Loss(model, heldOut, window);
        return new(exact.NatsPerToken, Rounded(ScalarType.BFloat16), Rounded(ScalarType.Float16), exact.Tokens);

        double Rounded(ScalarType type)
        {
            using var scope = NewDisposeScope();
            var tensors = model.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.detach().to(type));
            using var rounded = TrainableLlama.From(model.Configuration, tensors, model.Device);
            return Loss(rounded, heldOut, window).NatsPerToken;
        }
    }

    private static HeldOutLoss Loss(TrainableLlama model, int[] heldOut, int window) =>
        HeldOutLoss.Measure(model.ForwardExactly, heldOut, window, int.MaxValue, model.Device);
}
