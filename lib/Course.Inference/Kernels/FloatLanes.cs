using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>Loads, multiplies and adds vectors of floats of one width.</summary>
/// <typeparam name="V">The vector type.</typeparam>
internal unsafe interface IFloatLanes<V> where V : unmanaged
{
    static abstract int Count { get; }

    static abstract V Load(float* from);

    /// <summary>sums + w · x, lane by lane.</summary>
    static abstract V MultiplyAdd(V w, V x, V sums);

    static abstract float Total(V sums);
}

/// <summary>8 floats at a time. Also the portable form: without 256-bit registers the runtime uses narrower ones, or scalar code.</summary>
internal readonly unsafe struct FloatLanes256 : IFloatLanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> w, Vector256<float> x, Vector256<float> sums) =>
        Vector256.MultiplyAddEstimate(w, x, sums);

    public static float Total(Vector256<float> sums) => Vector256.Sum(sums);
}

/// <summary>16 floats at a time.</summary>
internal readonly unsafe struct FloatLanes512 : IFloatLanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> w, Vector512<float> x, Vector512<float> sums) =>
        Vector512.MultiplyAddEstimate(w, x, sums);

    public static float Total(Vector512<float> sums) => Vector512.Sum(sums);
}
