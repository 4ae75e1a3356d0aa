using Course.Inference.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>What Float16 can hold of weights, or of the scales that they are kept with.</summary>
internal static class Float16Range
{
    private const double Largest = 65504, SmallestNormal = 1.0 / (1 << 14);

    /// <summary>
    /// Throws where a weight would become infinite, or where even the tensor's largest is below the normal range, so that all of it would lose
    /// bits or become zero. Single small weights beside larger ones may: that error is small beside theirs.
    /// </summary>
    /// <param name="name">The tensor, for the message.</param>
    /// <param name="weights">Any floating type.</param>
    /// <param name="weightsPerUnit">The largest weight over the Float16 number kept for it: 1, or for a scale the largest integer.</param>
    /// <exception cref="CourseException"/>
    public static void Require(string name, Tensor weights, int weightsPerUnit = 1)
    {
        var largest = weights.numel() == 0 ? 0 : weights.abs().max().ToDouble();
        if (largest / weightsPerUnit is var held && (held > Largest || (held < SmallestNormal && held != 0)))
            throw new CourseException(
                $"The largest weight of {CheckpointFile.Quote(name)} is {largest:G3}, " +
                $"{(weightsPerUnit == 1 ? "outside Float16's range" : "and Float16 cannot hold its scale")}. Write it as Float32.");
    }
}
