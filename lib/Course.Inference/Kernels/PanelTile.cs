using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// The inner loop of every product of weights with tokens: P panels times M tokens, all sums in registers. A sum takes its inputs in order, group
/// after group, in a lane of its own: neither P nor M nor the vectors' width changes its bits.
/// </summary>
/// <remarks>For Float32 and int8, 2·M sums, the weights, an input and a product are what AVX2's 16 registers hold for M ≤ 6.</remarks>
internal static unsafe class PanelTile<L, VX, VS, VF, P, M>
    where L : struct, IPanelLanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
    where P : struct, IKnownCount
    where M : struct, IKnownCount
{
    // Bytes between what is read and what is asked of memory: a microsecond or so.
    private const int Ahead = 4096, CacheLine = 64;

    private static bool Two => L.Rows < Panels.Rows;

    private static int Vectors => Panels.Rows / L.Rows;

    /// <param name="w">The first panel's steps; the second's lie right behind all of them.</param>
    /// <param name="scales">The first panel's Float16 scales, [groups, 16]; read only by formats that have some.</param>
    /// <param name="steps">In a panel.</param>
    /// <param name="groupSteps">In a group; the last may have fewer.</param>
    /// <param name="x">Inputs, 32 bits at a time, of M tokens <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">In 32 bits.</param>
    /// <param name="offsets">What each group's sums begin with, of M tokens <paramref name="oStride"/> apart.</param>
    /// <param name="oStride">In elements.</param>
    /// <param name="totals">[M, P · 16]</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* w, ushort* scales, long steps, long groupSteps, int* x, long xStride, int* offsets, long oStride, VF* totals)
    {
        new Span<VF>(totals, M.Value * P.Value * Vectors).Clear();
        int* x1 = x + Offset(1, xStride), x2 = x + Offset(2, xStride), x3 = x + Offset(3, xStride);
        int* x4 = x + Offset(4, xStride), x5 = x + Offset(5, xStride);
        var next = steps * L.StepBytes;
        var nextScales = (steps + groupSteps - 1) / groupSteps * Panels.Rows;
        var i = 0L;
        for (var done = 0L; done < steps; done += groupSteps)
        {
            VS a0 = L.Start(*offsets), a1 = default, a2 = default, a3 = default, a4 = default, a5 = default; // panel 0, first half
            if (M.Value > 1)
                a1 = L.Start(offsets[oStride]);
            if (M.Value > 2)
                a2 = L.Start(offsets[2 * oStride]);
            if (M.Value > 3)
                a3 = L.Start(offsets[3 * oStride]);
            if (M.Value > 4)
                a4 = L.Start(offsets[4 * oStride]);
            if (M.Value > 5)
                a5 = L.Start(offsets[5 * oStride]);
            VS b0 = a0, b1 = a1, b2 = a2, b3 = a3, b4 = a4, b5 = a5; // second half
            VS c0 = a0, c1 = a1, d0 = a0, d1 = a1;                   // panel 1
            for (var end = Math.Min(done + groupSteps, steps) * L.Parts; i < end; i += L.Parts)
            {
                Prefetch(w, next);
                Part(0, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5);
                if (L.Parts > 1)
                    Part(1, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5);
                if (L.Parts > 2)
                    Part(2, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5);
                if (L.Parts > 3)
                    Part(3, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5);
                w += L.StepBytes;
            }

            VF sa = L.Scales(scales), sb = Two ? L.Scales(scales + L.Rows) : default;
            VF sc = P.Value > 1 ? L.Scales(scales + nextScales) : default, sd = P.Value > 1 && Two ? L.Scales(scales + nextScales + L.Rows) : default;
            Close(0, totals, a0, b0, c0, d0, sa, sb, sc, sd);
            Close(1, totals, a1, b1, c1, d1, sa, sb, sc, sd);
            Close(2, totals, a2, b2, default, default, sa, sb, sc, sd);
            Close(3, totals, a3, b3, default, default, sa, sb, sc, sd);
            Close(4, totals, a4, b4, default, default, sa, sb, sc, sd);
            Close(5, totals, a5, b5, default, default, sa, sb, sc, sd);
            scales += Panels.Rows;
            offsets++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Offset(int index, long stride) => index < M.Value ? index * stride : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* w, long next)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(w + Ahead);
        if (L.StepBytes > CacheLine)
            Sse.Prefetch0(w + Ahead + CacheLine);
        if (P.Value <= 1)
            return;
        Sse.Prefetch0(w + next + Ahead);
        if (L.StepBytes > CacheLine)
            Sse.Prefetch0(w + next + Ahead + CacheLine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part(
        int part, byte* w, long next, int* x, int* x1, int* x2, int* x3, int* x4, int* x5,
        ref VS a0, ref VS b0, ref VS c0, ref VS d0, ref VS a1, ref VS b1, ref VS c1, ref VS d1,
        ref VS a2, ref VS b2, ref VS a3, ref VS b3, ref VS a4, ref VS b4, ref VS a5, ref VS b5)
    {
        var va = L.Weights(w, 0, part);
        var vb = Two ? L.Weights(w, 1, part) : default;
        var vc = P.Value > 1 ? L.Weights(w + next, 0, part) : default;
        var vd = P.Value > 1 && Two ? L.Weights(w + next, 1, part) : default;
        Token(L.Inputs(x + part), va, vb, vc, vd, ref a0, ref b0, ref c0, ref d0);
        if (M.Value > 1)
            Token(L.Inputs(x1 + part), va, vb, vc, vd, ref a1, ref b1, ref c1, ref d1);
        if (M.Value > 2)
            Token(L.Inputs(x2 + part), va, vb, ref a2, ref b2);
        if (M.Value > 3)
            Token(L.Inputs(x3 + part), va, vb, ref a3, ref b3);
        if (M.Value > 4)
            Token(L.Inputs(x4 + part), va, vb, ref a4, ref b4);
        if (M.Value > 5)
            Token(L.Inputs(x5 + part), va, vb, ref a5, ref b5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Token(VX x, VX wa, VX wb, VX wc, VX wd, ref VS a, ref VS b, ref VS c, ref VS d)
    {
        Token(x, wa, wb, ref a, ref b);
        if (P.Value > 1)
            Token(x, wc, wd, ref c, ref d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Token(VX x, VX wa, VX wb, ref VS a, ref VS b)
    {
        a = L.MultiplyAdd(wa, x, a);
        if (Two)
            b = L.MultiplyAdd(wb, x, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Close(int token, VF* totals, VS a, VS b, VS c, VS d, VF sa, VF sb, VF sc, VF sd)
    {
        if (token >= M.Value)
            return;
        var at = totals + (token * P.Value * Vectors);
        at[0] = L.Close(a, sa, at[0]);
        if (Two)
            at[1] = L.Close(b, sb, at[1]);
        if (P.Value <= 1)
            return;
        at[Vectors] = L.Close(c, sc, at[Vectors]);
        if (Two)
            at[Vectors + 1] = L.Close(d, sd, at[Vectors + 1]);
    }
}
