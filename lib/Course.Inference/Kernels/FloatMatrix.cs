using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// Float32 weights. Equals <c>y[m, r] = x[m].Zip(W[r], (a, b) => a * b).Sum()</c> to a relative in · 2⁻²⁴ of Σ|w·x|;
/// the bits depend on the width of the machine's vectors and on nothing else. A NaN goes into the sums that it belongs to.
/// </summary>
/// <param name="weights">[out, in], contiguous; they stay the caller's, and in their place.</param>
/// <param name="outputs">out.</param>
/// <param name="inputs">in.</param>
internal sealed unsafe class FloatMatrix(float* weights, int outputs, int inputs) : KernelMatrix(outputs, inputs)
{
    public override long Bytes => (long)Outputs * Inputs * sizeof(float);

    public override void Prepare(TokenInputs x, int tokens)
    {
    }

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride) =>
        Multiply(weights + ((long)from * Inputs), to - from, Inputs, x.Floats, x.Stride, tokens, y, yStride);

    /// <summary>The same for any rows and tokens: attention's scores are such products too.</summary>
    public static void Multiply(float* w, int rows, int inputs, float* x, long xStride, int tokens, float* y, long yStride)
    {
        if (Vector512.IsHardwareAccelerated)
            Products<FloatLanes512, float, float, Vector512<float>, Vector512<float>>.Run(w, rows, inputs, x, xStride, tokens, y, yStride);
        else
            Products<FloatLanes256, float, float, Vector256<float>, Vector256<float>>.Run(w, rows, inputs, x, xStride, tokens, y, yStride);
    }
}
