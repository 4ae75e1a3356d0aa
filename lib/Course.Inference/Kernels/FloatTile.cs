using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// R rows of floats in their plain order in memory (the keys of a cache) times M tokens, with all sums in registers.
/// Each sum has one vector of lanes, which takes the inputs in order; neither R nor M changes its bits.
/// </summary>
/// <remarks>R·M ≤ 12, and M ≤ 2 if R is 4: these sums, R weights and an input fill AVX2's 16 registers.</remarks>
internal static unsafe class FloatTile<L, V, R, M>
    where L : struct, IFloatLanes<V>
    where V : unmanaged
    where R : struct, IKnownCount
    where M : struct, IKnownCount
{
    /// <param name="w">R rows of weights, <paramref name="wStride"/> apart.</param>
    /// <param name="wStride">In elements.</param>
    /// <param name="x">M rows of inputs, <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">In elements.</param>
    /// <param name="inputs">Number of products in a sum: a multiple of the lanes.</param>
    /// <param name="sums">[M, R]: receives the lanes of every sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* w, long wStride, float* x, long xStride, long inputs, V* sums)
    {
        V a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default; // row 0, tokens 0 to 5
        V b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default; // row 1
        V c0 = default, c1 = default, d0 = default, d1 = default;                             // rows 2 and 3
        float* wb = w + Offset<R>(1, wStride), wc = w + Offset<R>(2, wStride), wd = w + Offset<R>(3, wStride);
        float* x1 = x + Offset<M>(1, xStride), x2 = x + Offset<M>(2, xStride), x3 = x + Offset<M>(3, xStride);
        float* x4 = x + Offset<M>(4, xStride), x5 = x + Offset<M>(5, xStride);
        var next = w + (R.Value * wStride);
        for (var i = 0L; i < inputs; i += L.Count)
        {
            Prefetch((byte*)(next + (R.Value * i)));
            var va = L.Load(w + i);
            var vb = R.Value > 1 ? L.Load(wb + i) : default;
            var vc = R.Value > 2 ? L.Load(wc + i) : default;
            var vd = R.Value > 3 ? L.Load(wd + i) : default;
            Step(L.Load(x + i), va, vb, vc, vd, ref a0, ref b0, ref c0, ref d0);
            if (M.Value > 1)
                Step(L.Load(x1 + i), va, vb, vc, vd, ref a1, ref b1, ref c1, ref d1);
            if (M.Value > 2)
                Step(L.Load(x2 + i), va, vb, ref a2, ref b2);
            if (M.Value > 3)
                Step(L.Load(x3 + i), va, vb, ref a3, ref b3);
            if (M.Value > 4)
                Step(L.Load(x4 + i), va, vb, ref a4, ref b4);
            if (M.Value > 5)
                Step(L.Load(x5 + i), va, vb, ref a5, ref b5);
        }

        Put(0, sums, a0, b0, c0, d0);
        Put(1, sums, a1, b1, c1, d1);
        Put(2, sums, a2, b2, default, default);
        Put(3, sums, a3, b3, default, default);
        Put(4, sums, a4, b4, default, default);
        Put(5, sums, a5, b5, default, default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* at)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(at);
        if (R.Value * L.Count * sizeof(float) > 64)
            Sse.Prefetch0(at + 64);
        if (R.Value * L.Count * sizeof(float) > 128)
            Sse.Prefetch0(at + 128);
        if (R.Value * L.Count * sizeof(float) > 192)
            Sse.Prefetch0(at + 192);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Offset<N>(int index, long stride) where N : struct, IKnownCount => index < N.Value ? index * stride : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(V x, V wa, V wb, V wc, V wd, ref V a, ref V b, ref V c, ref V d)
    {
        Step(x, wa, wb, ref a, ref b);
        if (R.Value > 2)
            c = L.MultiplyAdd(wc, x, c);
        if (R.Value > 3)
            d = L.MultiplyAdd(wd, x, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(V x, V wa, V wb, ref V a, ref V b)
    {
        a = L.MultiplyAdd(wa, x, a);
        if (R.Value > 1)
            b = L.MultiplyAdd(wb, x, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(int token, V* sums, V a, V b, V c, V d)
    {
        if (token >= M.Value)
            return;
        sums[token * R.Value] = a;
        if (R.Value > 1)
            sums[(token * R.Value) + 1] = b;
        if (R.Value > 2)
            sums[(token * R.Value) + 2] = c;
        if (R.Value > 3)
            sums[(token * R.Value) + 3] = d;
    }
}
