using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// Int8 weights and Int16 inputs, 8 rows at a time: weights are widened to 16 bits and multiplied, and pairs of products are added to
/// 32-bit sums. 16 weights take one instruction to widen and two for every token: AVX2 can start four instructions in a cycle, but
/// only two that multiply.
/// </summary>
internal readonly unsafe struct Int8PanelLanes256 : IPanelLanes<Vector256<short>, Vector256<int>, Vector256<float>>
{
    public static int Rows => Vector256<int>.Count;

    public static int StepBytes => 64;

    public static int Parts => 2;

    public static int MostTokens => 6;

    public static int PanelsFor(int tokens) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Weights(byte* step, int half, int part) => Widen((sbyte*)step + (32 * part) + (16 * half));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Inputs(int* from) => Vector256.Create(*from).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Start(int offset) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<short> w, Vector256<short> x, Vector256<int> sums) => PairSums.Add(w, x, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scales(ushort* halves) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Close(Vector256<int> sums, Vector256<float> scales, Vector256<float> total) =>
        total + Vector256.ConvertToSingle(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(sbyte* from)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int16(from);
        var bytes = Vector128.Load(from);
        return Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
    }
}

/// <summary>Int8 weights and Int16 inputs, 16 rows at a time.</summary>
internal readonly unsafe struct Int8PanelLanes512 : IPanelLanes<Vector512<short>, Vector512<int>, Vector512<float>>
{
    public static int Rows => Vector512<int>.Count;

    public static int StepBytes => 64;

    public static int Parts => 2;

    public static int MostTokens => 8;

    public static int PanelsFor(int tokens) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Weights(byte* step, int half, int part)
    {
        var from = (sbyte*)step + (32 * part);
        return Avx512BW.IsSupported
            ? Avx512BW.ConvertToVector512Int16(Vector256.Load(from))
            : Vector512.Create(Int8PanelLanes256.Widen(from), Int8PanelLanes256.Widen(from + 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Inputs(int* from) => Vector512.Create(*from).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Start(int offset) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<short> w, Vector512<short> x, Vector512<int> sums) => PairSums.Add(w, x, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scales(ushort* halves) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Close(Vector512<int> sums, Vector512<float> scales, Vector512<float> total) =>
        total + Vector512.ConvertToSingle(sums);
}
