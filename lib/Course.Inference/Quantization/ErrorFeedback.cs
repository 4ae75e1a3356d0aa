using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Quantization;

/// <summary>
/// Int4 by GPTQ (Frantar et al. 2022): inputs are rounded one after the other, and what rounding one does to the outputs is made good by the
/// weights that are not rounded yet, as far as inputs that go together allow. The result is an ordinary <see cref="Int4Matrix"/>.
/// </summary>
public static class ErrorFeedback
{
    /// <summary>Added to the diagonal as a share of its mean, so that inputs which the text hardly used do not blow up: the paper's value.</summary>
    private const double Damping = 0.01;

    /// <param name="weight">[out, in], any floating type; it stays the caller's.</param>
    /// <param name="moment">[in, in], Float64: the mean of x·xᵀ over the inputs that a calibration observed.</param>
    /// <param name="groupSize">g: 32 or 64.</param>
    /// <exception cref="CourseException">As <see cref="Int4Matrix.Quantize"/>, or the moment is of another size or not finite.</exception>
    public static Int4Matrix Quantize(Tensor weight, Tensor moment, int groupSize = Int4Matrix.Block)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var w = Int4Matrix.Weights(weight, groupSize);
        var (outputs, inputs) = (w.shape[0], w.shape[1]);
        if (!moment.shape.SequenceEqual([inputs, inputs]) || !moment.isfinite().all().ToBoolean())
            throw new CourseException($"A matrix of {inputs} inputs needs their finite second moments, [{inputs}, {inputs}]; got [{string.Join(", ", moment.shape)}]. Calibrate on the same model.");
        var (nibbles, scales) = (empty([outputs, inputs / 2], ScalarType.Byte), empty([outputs, inputs / groupSize], ScalarType.Float16));
        using Scalar damping = Math.Max(Damping * moment.diagonal().mean().ToDouble(), 1e-30);
        var damped = moment + eye(inputs, dtype: ScalarType.Float64) * damping;
        var importance = Floats(damped.diagonal() / damping);
        var feedback = Floats(Feedback(damped));
        Parallel.For(0, (int)outputs, row =>
        {
            using var rowScope = NewDisposeScope();
            RoundRow(MemoryMarshal.Cast<byte, float>(w[row].bytes).ToArray(), importance, feedback, groupSize, nibbles[row].bytes, Parts.Halves(scales[row]));
        });
        return new Int4Matrix(nibbles.to(weight.device), scales.to(weight.device), groupSize);
    }

    /// <summary>
    /// [in, in]: row i says what an error of one at input i asks of the inputs after it. It is the upper Cholesky factor of the inverse Hessian,
    /// each row divided by its diagonal: the paper's equation 3 without a matrix inverse per step.
    /// </summary>
    private static Tensor Feedback(Tensor damped)
    {
        var upper = linalg.cholesky(linalg.inv(damped)).t();
        return upper / upper.diagonal().unsqueeze(1);
    }

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.to(ScalarType.Float32).contiguous().bytes).ToArray();

    private static void RoundRow(float[] weights, float[] importance, float[] feedback, int groupSize, Span<byte> nibbles, Span<Half> scales)
    {
        var values = new byte[weights.Length];
        for (var start = 0; start < weights.Length; start += groupSize)
        {
            // Chosen now, when what the groups before left to be made good has arrived.
            var scale = scales[start / groupSize] = Int4Row.BestScale(weights.AsSpan(start, groupSize), importance.AsSpan(start, groupSize));
            var inverse = Int4Row.Inverse((float)scale);
            for (var i = start; i < start + groupSize; i++)
            {
                var nearest = Int4Row.Nearest(weights[i], inverse);
                values[i] = (byte)(nearest + Int4Matrix.Offset);
                Correct(weights.AsSpan(i), feedback.AsSpan(i * weights.Length + i, weights.Length - i), weights[i] - nearest * (float)scale);
            }
        }

        Int4Row.Pack(values, nibbles);
    }

    /// <summary>w −= error · feedback, over the inputs from the one that was rounded on.</summary>
    private static void Correct(Span<float> w, ReadOnlySpan<float> feedback, float error)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(w);
        var factors = MemoryMarshal.Cast<float, Vector<float>>(feedback);
        for (var i = 0; i < wide.Length; i++)
            wide[i] -= error * factors[i];
        for (var i = wide.Length * Vector<float>.Count; i < w.Length; i++)
            w[i] -= error * feedback[i];
    }
}
