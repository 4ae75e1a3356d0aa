using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>Int4 weights and Int16 inputs, 8 rows at a time; see <see cref="Int4PanelsMatrix"/>.</summary>
internal readonly unsafe struct Int4PanelLanes256 : IPanelLanes<Vector256<short>, Vector256<int>, Vector256<float>>
{
    public static int Rows => Vector256<int>.Count;

    public static int StepBytes => 64;

    public static int Parts => 4;

    // Ten sums, two halves of a step, their two parts, an input and a product use all of AVX2's 16 registers; none is left for a mask.
    public static int MostTokens => 5;

    public static int PanelsFor(int tokens) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Weights(byte* step, int half, int part)
    {
        var packed = Vector256.Load((short*)(step + (32 * half)));
        return part switch
        {
            0 => (packed << 12) >>> 12,
            1 => (packed << 8) >>> 12,
            2 => (packed << 4) >>> 12,
            _ => packed >>> 12,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Inputs(int* from) => Vector256.Create(*from).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Start(int offset) => Vector256.Create(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<short> w, Vector256<short> x, Vector256<int> sums) => PairSums.Add(w, x, sums);

    /// <summary>
    /// Float16 to Float32 by shifts and a multiplication that corrects the exponent's bias: exact for all finite
    /// numbers, subnormals included.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scales(ushort* halves)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(halves + ScalesAhead);
        var packed = Vector128.Load(halves);
        var bits = Avx2.IsSupported
            ? Avx2.ConvertToVector256Int32(packed).AsUInt32()
            : Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed));
        var magnitude = (bits & Vector256.Create(0x7FFFu)) << 13;
        var sign = (bits & Vector256.Create(0x8000u)) << 16;
        return (magnitude.AsSingle() * Vector256.Create(HalfBias)) | sign.AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Close(Vector256<int> sums, Vector256<float> scales, Vector256<float> total) =>
        Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(sums), scales, total);

    // A few groups ahead. The scales are stored apart from the weights and read too rarely for the hardware prefetcher.
    private const int ScalesAhead = 256;

    /// <summary>2^(127−15)</summary>
    internal const float HalfBias = 5.192296858534828e33f;
}

/// <summary>Int4 weights and Int16 inputs, 16 rows at a time.</summary>
internal readonly unsafe struct Int4PanelLanes512 : IPanelLanes<Vector512<short>, Vector512<int>, Vector512<float>>
{
    public static int Rows => Vector512<int>.Count;

    public static int StepBytes => 64;

    public static int Parts => 4;

    public static int MostTokens => 8;

    public static int PanelsFor(int tokens) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Weights(byte* step, int half, int part)
    {
        var packed = Vector512.Load((short*)(step));
        return part switch
        {
            0 => packed & Vector512.Create((short)15),
            1 => (packed >>> 4) & Vector512.Create((short)15),
            2 => (packed >>> 8) & Vector512.Create((short)15),
            _ => packed >>> 12,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Inputs(int* from) => Vector512.Create(*from).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Start(int offset) => Vector512.Create(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<short> w, Vector512<short> x, Vector512<int> sums) => PairSums.Add(w, x, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scales(ushort* halves) =>
        Vector512.Create(Int4PanelLanes256.Scales(halves), Int4PanelLanes256.Scales(halves + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Close(Vector512<int> sums, Vector512<float> scales, Vector512<float> total) =>
        Vector512.MultiplyAddEstimate(Vector512.ConvertToSingle(sums), scales, total);
}
