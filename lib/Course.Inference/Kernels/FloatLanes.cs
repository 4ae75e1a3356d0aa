using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>Float32 weights, 8 at a time. Also the portable form: without 256-bit registers the runtime takes narrower ones, or plain code.</summary>
internal readonly unsafe struct FloatLanes256 : IProductLanes<float, float, Vector256<float>, Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Weights(float* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Inputs(float* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> w, Vector256<float> x, Vector256<float> sums) => Vector256.MultiplyAddEstimate(w, x, sums);

    public static float Total(Vector256<float> sums) => Vector256.Sum(sums);

    public static float Rest(float* w, float* x, long count)
    {
        var sum = 0f;
        for (var i = 0L; i < count; i++)
            sum = float.MultiplyAddEstimate(w[i], x[i], sum);
        return sum;
    }
}

/// <summary>Float32 weights, 16 at a time.</summary>
internal readonly unsafe struct FloatLanes512 : IProductLanes<float, float, Vector512<float>, Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Weights(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Inputs(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> w, Vector512<float> x, Vector512<float> sums) => Vector512.MultiplyAddEstimate(w, x, sums);

    public static float Total(Vector512<float> sums) => Vector512.Sum(sums);

    public static float Rest(float* w, float* x, long count) => FloatLanes256.Rest(w, x, count);
}
