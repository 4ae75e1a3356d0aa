using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Course.Inference.Kernels;

/// <summary>
/// Float32 weights, 8 rows at a time. Also the portable form: without 256-bit registers the runtime uses narrower ones, or scalar code.
/// </summary>
internal readonly unsafe struct FloatPanelLanes256 : IPanelLanes<Vector256<float>, Vector256<float>, Vector256<float>>
{
    public static int Rows => Vector256<float>.Count;

    public static int StepBytes => 128;

    public static int Parts => 2;

    public static int MostTokens => 6;

    // A multiply-add has a latency of four cycles, and two can start in each cycle: eight independent sums keep both units busy.
    public static int PanelsFor(int tokens) => tokens <= 2 ? 2 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Weights(byte* step, int half, int part) =>
        Vector256.Load((float*)step + (part * Panels.Rows) + (half * Rows));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Inputs(int* from) => Vector256.Create(*(float*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Start(int offset) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> w, Vector256<float> x, Vector256<float> sums) =>
        Vector256.MultiplyAddEstimate(w, x, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scales(ushort* halves) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Close(Vector256<float> sums, Vector256<float> scales, Vector256<float> total) => total + sums;
}

/// <summary>Float32 weights, 16 rows at a time.</summary>
internal readonly unsafe struct FloatPanelLanes512 : IPanelLanes<Vector512<float>, Vector512<float>, Vector512<float>>
{
    public static int Rows => Vector512<float>.Count;

    public static int StepBytes => 128;

    public static int Parts => 2;

    public static int MostTokens => 8;

    // Eight tokens are eight independent sums in one panel. With fewer, memory is the limit before the latency of the additions is: it
    // delivers less than 64 bytes in four cycles, and streams one panel after the other faster than two side by side. More than eight
    // tokens are cut into tiles of at least five.
    public static int PanelsFor(int tokens) => tokens > 8 ? 2 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Weights(byte* step, int half, int part) => Vector512.Load((float*)step + (part * Panels.Rows));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Inputs(int* from) => Vector512.Create(*(float*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Start(int offset) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> w, Vector512<float> x, Vector512<float> sums) =>
        Vector512.MultiplyAddEstimate(w, x, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scales(ushort* halves) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Close(Vector512<float> sums, Vector512<float> scales, Vector512<float> total) => total + sums;
}
