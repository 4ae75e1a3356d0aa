using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// Int8 weights with one scale per row. Equals <c>y[m, r] = scale[r] * x[m].Zip(W[r], (a, b) => a * b).Sum()</c>
/// to Σ|w·scale| · max|x[m]| · 2·10⁻⁵: inputs are rounded to 16 bits (<see cref="Int16Inputs"/>), everything after that is exact up to the last sums.
/// An input that is not finite makes its token's row of y NaN.
/// </summary>
/// <param name="weights">[out, in], contiguous, |w| ≤ 127; they stay the caller's, as the scales do, and in their place.</param>
/// <param name="scales">[out]</param>
/// <param name="outputs">out.</param>
/// <param name="inputs">in.</param>
internal sealed unsafe class Int8RowsMatrix(sbyte* weights, float* scales, int outputs, int inputs) : KernelMatrix(outputs, inputs)
{
    public override long Bytes => (long)Outputs * (Inputs + sizeof(float));

    public override void Prepare(TokenInputs x, int tokens) => x.Round(tokens, Int16Inputs.LargestFor(Inputs));

    public override void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride)
    {
        var w = weights + ((long)from * Inputs);
        if (Avx512BW.IsSupported)
            Products<Int8Lanes512, sbyte, short, Vector512<short>, Vector512<int>>.Run(w, to - from, Inputs, x.Shorts, x.Stride, tokens, y, yStride);
        else
            Products<Int8Lanes256, sbyte, short, Vector256<short>, Vector256<int>>.Run(w, to - from, Inputs, x.Shorts, x.Stride, tokens, y, yStride);
        for (var m = 0; m < tokens; m++)
            RowMath.Scale(y + (m * yStride), scales + from, x.Scales[m], to - from);
    }
}
