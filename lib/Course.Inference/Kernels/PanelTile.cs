using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// The inner loop of every product of weights with tokens: C columns of rows times M tokens, with all sums in registers. A sum takes its
/// inputs in order, group after group, in a lane of its own: neither C nor M nor the width of the vectors changes its bits.
/// </summary>
/// <remarks>
/// A column is a vector of rows: half a panel if vectors hold 8 rows, a whole panel if they hold 16. C is 1 or 2; or 4, and then M ≤ 2.
/// For M ≤ 6, the 2·M sums of two columns, the weights, an input and a product fit into AVX2's 16 registers; AVX-512 has 32. The conditions
/// on M and C are written outside the calls: inside, their dead branches would use up the compiler's inlining budget, and every sum would
/// go through memory.
/// <para>
/// The letters a to d name columns 0 to 3, the digits tokens 0 to 7: a2 is the sum of column 0 and token 2. They are variables of their own
/// because the compiler keeps no array in registers.
/// </para>
/// </remarks>
internal static unsafe class PanelTile<L, VX, VS, VF, C, M>
    where L : struct, IPanelLanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
    where C : struct, IKnownCount
    where M : struct, IKnownCount
{
    // Bytes between what is read and what is prefetched: a microsecond or so.
    private const int Ahead = 4096, CacheLine = 64;

    private static bool Two => L.Rows < Panels.Rows;

    /// <param name="w">The first panel's steps; the second panel's follow directly.</param>
    /// <param name="scales">The first panel's Float16 scales, [groups, 16]; read only by formats that have scales.</param>
    /// <param name="steps">Steps in a panel.</param>
    /// <param name="groupSteps">Steps in a group; the last group may have fewer.</param>
    /// <param name="x">Inputs, 32 bits at a time, of M tokens <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">In units of 32 bits.</param>
    /// <param name="offsets">The initial value of each group's sums, of M tokens <paramref name="oStride"/> apart.</param>
    /// <param name="oStride">In elements.</param>
    /// <param name="totals">[M, C]: receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        byte* w, ushort* scales, long steps, long groupSteps, int* x, long xStride, int* offsets, long oStride, VF* totals)
    {
        new Span<VF>(totals, M.Value * C.Value).Clear();
        int* x1 = x + Offset(1, xStride), x2 = x + Offset(2, xStride), x3 = x + Offset(3, xStride), x4 = x + Offset(4, xStride);
        int* x5 = x + Offset(5, xStride), x6 = x + Offset(6, xStride), x7 = x + Offset(7, xStride);
        var next = steps * L.StepBytes;
        var nextScales = (steps + groupSteps - 1) / groupSteps * Panels.Rows;
        var i = 0L;
        for (var done = 0L; done < steps; done += groupSteps)
        {
            // column 0
            VS a0 = L.Start(*offsets), a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
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
            if (M.Value > 6)
                a6 = L.Start(offsets[6 * oStride]);
            if (M.Value > 7)
                a7 = L.Start(offsets[7 * oStride]);
            VS b0 = a0, b1 = a1, b2 = a2, b3 = a3, b4 = a4, b5 = a5, b6 = a6, b7 = a7; // column 1
            VS c0 = a0, c1 = a1, d0 = a0, d1 = a1;                                     // columns 2 and 3
            for (var end = Math.Min(done + groupSteps, steps) * L.Parts; i < end; i += L.Parts)
            {
                Prefetch(w, next);
                Part(
                    0, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, x6 + i, x7 + i, ref a0, ref b0, ref c0, ref d0, ref a1,
                    ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5, ref a6, ref b6, ref a7, ref b7);
                if (L.Parts > 1)
                    Part(
                        1, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, x6 + i, x7 + i, ref a0, ref b0, ref c0, ref d0, ref a1,
                        ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5, ref a6, ref b6, ref a7,
                        ref b7);
                if (L.Parts > 2)
                    Part(
                        2, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, x6 + i, x7 + i, ref a0, ref b0, ref c0, ref d0, ref a1,
                        ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5, ref a6, ref b6, ref a7,
                        ref b7);
                if (L.Parts > 3)
                    Part(
                        3, w, next, x + i, x1 + i, x2 + i, x3 + i, x4 + i, x5 + i, x6 + i, x7 + i, ref a0, ref b0, ref c0, ref d0, ref a1,
                        ref b1, ref c1, ref d1, ref a2, ref b2, ref a3, ref b3, ref a4, ref b4, ref a5, ref b5, ref a6, ref b6, ref a7,
                        ref b7);
                w += L.StepBytes;
            }

            VF sa = L.Scales(scales), sb = C.Value > 1 ? L.Scales(Two ? scales + L.Rows : scales + nextScales) : default;
            VF sc = C.Value > 2 ? L.Scales(scales + nextScales) : default,
                sd = C.Value > 2 ? L.Scales(scales + nextScales + L.Rows) : default;
            Close(0, totals, a0, b0, c0, d0, sa, sb, sc, sd);
            if (M.Value > 1)
                Close(1, totals, a1, b1, c1, d1, sa, sb, sc, sd);
            if (M.Value > 2)
                Close(2, totals, a2, b2, default, default, sa, sb, sc, sd);
            if (M.Value > 3)
                Close(3, totals, a3, b3, default, default, sa, sb, sc, sd);
            if (M.Value > 4)
                Close(4, totals, a4, b4, default, default, sa, sb, sc, sd);
            if (M.Value > 5)
                Close(5, totals, a5, b5, default, default, sa, sb, sc, sd);
            if (M.Value > 6)
                Close(6, totals, a6, b6, default, default, sa, sb, sc, sd);
            if (M.Value > 7)
                Close(7, totals, a7, b7, default, default, sa, sb, sc, sd);
            scales += Panels.Rows;
            offsets++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Offset(int token, long stride) => token < M.Value ? token * stride : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* w, long next)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(w + Ahead);
        if (L.StepBytes > CacheLine)
            Sse.Prefetch0(w + Ahead + CacheLine);
        if (C.Value <= 1 || (Two && C.Value <= 2))
            return;
        Sse.Prefetch0(w + next + Ahead);
        if (L.StepBytes > CacheLine)
            Sse.Prefetch0(w + next + Ahead + CacheLine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part(
        int part, byte* w, long next, int* x, int* x1, int* x2, int* x3, int* x4, int* x5, int* x6, int* x7,
        ref VS a0, ref VS b0, ref VS c0, ref VS d0, ref VS a1, ref VS b1, ref VS c1, ref VS d1, ref VS a2, ref VS b2, ref VS a3, ref VS b3,
        ref VS a4, ref VS b4, ref VS a5, ref VS b5, ref VS a6, ref VS b6, ref VS a7, ref VS b7)
    {
        var va = L.Weights(w, 0, part);
        var vb = C.Value <= 1 ? default : Two ? L.Weights(w, 1, part) : L.Weights(w + next, 0, part);
        Token(L.Inputs(x + part), va, vb, ref a0, ref b0);
        if (M.Value > 1)
            Token(L.Inputs(x1 + part), va, vb, ref a1, ref b1);
        if (M.Value > 2)
            Token(L.Inputs(x2 + part), va, vb, ref a2, ref b2);
        if (M.Value > 3)
            Token(L.Inputs(x3 + part), va, vb, ref a3, ref b3);
        if (M.Value > 4)
            Token(L.Inputs(x4 + part), va, vb, ref a4, ref b4);
        if (M.Value > 5)
            Token(L.Inputs(x5 + part), va, vb, ref a5, ref b5);
        if (M.Value > 6)
            Token(L.Inputs(x6 + part), va, vb, ref a6, ref b6);
        if (M.Value > 7)
            Token(L.Inputs(x7 + part), va, vb, ref a7, ref b7);
        if (C.Value <= 2)
            return;
        VX vc = L.Weights(w + next, 0, part), vd = L.Weights(w + next, 1, part);
        Token(L.Inputs(x + part), vc, vd, ref c0, ref d0);
        if (M.Value > 1)
            Token(L.Inputs(x1 + part), vc, vd, ref c1, ref d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Token(VX x, VX wa, VX wb, ref VS a, ref VS b)
    {
        a = L.MultiplyAdd(wa, x, a);
        if (C.Value > 1)
            b = L.MultiplyAdd(wb, x, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Close(int token, VF* totals, VS a, VS b, VS c, VS d, VF sa, VF sb, VF sc, VF sd)
    {
        var at = totals + (token * C.Value);
        at[0] = L.Close(a, sa, at[0]);
        if (C.Value > 1)
            at[1] = L.Close(b, sb, at[1]);
        if (C.Value <= 2)
            return;
        at[2] = L.Close(c, sc, at[2]);
        at[3] = L.Close(d, sd, at[3]);
    }
}
