using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// Int8 weights and Int16 inputs, 16 at a time: widened to 16 bits, multiplied, and neighbouring pairs of products added to 32-bit sums.
/// Sums are exact as long as the inputs keep to <see cref="Int16Inputs.LargestFor"/>.
/// </summary>
internal readonly unsafe struct Int8Lanes256 : IProductLanes<sbyte, short, Vector256<short>, Vector256<int>>
{
    public static int Count => Vector256<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Weights(sbyte* from)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int16(from);
        var bytes = Vector128.Load(from);
        return Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Inputs(short* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<short> w, Vector256<short> x, Vector256<int> sums) => PairSums.Add(w, x, sums);

    public static float Total(Vector256<int> sums) => Vector256.Sum(Vector256.ConvertToSingle(sums));

    public static float Rest(sbyte* w, short* x, long count)
    {
        var sum = 0;
        for (var i = 0L; i < count; i++)
            sum += w[i] * x[i];
        return sum;
    }
}

/// <summary>Int8 weights and Int16 inputs, 32 at a time.</summary>
internal readonly unsafe struct Int8Lanes512 : IProductLanes<sbyte, short, Vector512<short>, Vector512<int>>
{
    public static int Count => Vector512<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Weights(sbyte* from) => Avx512BW.IsSupported
        ? Avx512BW.ConvertToVector512Int16(Vector256.Load(from))
        : Vector512.Create(Int8Lanes256.Weights(from), Int8Lanes256.Weights(from + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Inputs(short* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<short> w, Vector512<short> x, Vector512<int> sums) => PairSums.Add(w, x, sums);

    public static float Total(Vector512<int> sums) => Vector512.Sum(Vector512.ConvertToSingle(sums));

    public static float Rest(sbyte* w, short* x, long count) => Int8Lanes256.Rest(w, x, count);
}
