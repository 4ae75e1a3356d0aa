using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>How a step of an <see cref="Int4Panels"/> panel is read and added up, in one vector width.</summary>
/// <typeparam name="VX">16-bit lanes.</typeparam>
/// <typeparam name="VS">32-bit sums, one per row.</typeparam>
/// <typeparam name="VF">Floats, one per row.</typeparam>
internal unsafe interface IInt4Lanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
{
    /// <summary>Rows in a vector: a panel has 16, so it takes two vectors of 8.</summary>
    static abstract int Rows { get; }

    static abstract VX Load(byte* from);

    /// <summary>Two inputs' nibbles of every row: those of plane 0 to 3.</summary>
    static abstract VX Plane(VX packed, int plane);

    /// <summary>The same two inputs for every row.</summary>
    static abstract VX Pair(int* inputs);

    static abstract VS Fill(int value);

    static abstract VS MultiplyAdd(VX w, VX x, VS sums);

    static abstract VF Scales(ushort* halves);

    /// <summary>total + sums · scales</summary>
    static abstract VF AddScaled(VS sums, VF scales, VF total);

    static abstract VF Multiply(VF a, float b);
}

internal readonly unsafe struct Int4Lanes256 : IInt4Lanes<Vector256<short>, Vector256<int>, Vector256<float>>
{
    public static int Rows => Vector256<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Load(byte* from) => Vector256.Load((short*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Plane(Vector256<short> packed, int plane) => plane switch
    {
        0 => packed & Vector256.Create((short)15),
        1 => (packed >>> 4) & Vector256.Create((short)15),
        2 => (packed >>> 8) & Vector256.Create((short)15),
        _ => packed >>> 12,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Pair(int* inputs) => Vector256.Create(*inputs).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Fill(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<short> w, Vector256<short> x, Vector256<int> sums) => PairSums.Add(w, x, sums);

    /// <summary>Float16 to Float32 by shifts, and a product that corrects the exponent's bias: exact for all finite numbers, the subnormal included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scales(ushort* halves)
    {
        var packed = Vector128.Load(halves);
        var bits = Avx2.IsSupported ? Avx2.ConvertToVector256Int32(packed).AsUInt32() : Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed));
        var magnitude = (bits & Vector256.Create(0x7FFFu)) << 13;
        var sign = (bits & Vector256.Create(0x8000u)) << 16;
        return (magnitude.AsSingle() * Vector256.Create(HalfBias)) | sign.AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddScaled(Vector256<int> sums, Vector256<float> scales, Vector256<float> total) =>
        Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(sums), scales, total);

    public static Vector256<float> Multiply(Vector256<float> a, float b) => a * Vector256.Create(b);

    /// <summary>2^(127−15)</summary>
    internal const float HalfBias = 5.192296858534828e33f;
}

internal readonly unsafe struct Int4Lanes512 : IInt4Lanes<Vector512<short>, Vector512<int>, Vector512<float>>
{
    public static int Rows => Vector512<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Load(byte* from) => Vector512.Load((short*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Plane(Vector512<short> packed, int plane) => plane switch
    {
        0 => packed & Vector512.Create((short)15),
        1 => (packed >>> 4) & Vector512.Create((short)15),
        2 => (packed >>> 8) & Vector512.Create((short)15),
        _ => packed >>> 12,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Pair(int* inputs) => Vector512.Create(*inputs).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Fill(int value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<short> w, Vector512<short> x, Vector512<int> sums) => PairSums.Add(w, x, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scales(ushort* halves) => Vector512.Create(Int4Lanes256.Scales(halves), Int4Lanes256.Scales(halves + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<int> sums, Vector512<float> scales, Vector512<float> total) =>
        Vector512.MultiplyAddEstimate(Vector512.ConvertToSingle(sums), scales, total);

    public static Vector512<float> Multiply(Vector512<float> a, float b) => a * Vector512.Create(b);
}
