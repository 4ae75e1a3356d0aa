using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>
/// The inner loop of the int4 product: one panel of 16 rows times M ≤ 4 tokens. A lane is a row, so nothing is summed across lanes:
/// per group, whole numbers (exact), then one multiply-add by the group's scales, group after group. M does not change the bits of a sum.
/// </summary>
internal static unsafe class Int4Tile<L, VX, VS, VF, M>
    where L : struct, IInt4Lanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
    where M : struct, IKnownCount
{
    // Bytes between what is read and what is asked of memory: a microsecond or so.
    private const int Ahead = 4096;

    private static bool Two => L.Rows < Int4Panels.Rows;

    private static int Vectors => Int4Panels.Rows / L.Rows;

    /// <param name="w">The panel's nibbles, <paramref name="steps"/> · <paramref name="groups"/> steps of 64 bytes.</param>
    /// <param name="scales">The panel's Float16 scales, [groups, 16].</param>
    /// <param name="groups">in / g.</param>
    /// <param name="steps">g / 8.</param>
    /// <param name="x">Inputs, two by two, of M tokens <paramref name="xStride"/> pairs apart.</param>
    /// <param name="xStride">In pairs.</param>
    /// <param name="offsets">−8 · Σ of each group's inputs, of M tokens <paramref name="oStride"/> apart.</param>
    /// <param name="oStride">In elements.</param>
    /// <param name="totals">[M, 16]</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* w, ushort* scales, int groups, int steps, int* x, long xStride, int* offsets, long oStride, VF* totals)
    {
        new Span<VF>(totals, M.Value * Vectors).Clear();
        int* x1 = x + Offset(1, xStride), x2 = x + Offset(2, xStride), x3 = x + Offset(3, xStride);
        for (var group = 0; group < groups; group++)
        {
            VS a0 = L.Fill(offsets[group]), b0 = a0, a1 = default, b1 = default, a2 = default, b2 = default;
            VS a3 = default, b3 = default;
            if (M.Value > 1)
                a1 = b1 = L.Fill(offsets[group + oStride]);
            if (M.Value > 2)
                a2 = b2 = L.Fill(offsets[group + (2 * oStride)]);
            if (M.Value > 3)
                a3 = b3 = L.Fill(offsets[group + (3 * oStride)]);
            for (var pair = (long)group * steps * 4; pair < (group + 1L) * steps * 4; pair += 4)
            {
                var va = L.Load(w);
                var vb = Two ? L.Load(w + 32) : default;
                Plane(0, va, vb, x + pair, x1 + pair, x2 + pair, x3 + pair, ref a0, ref b0, ref a1, ref b1, ref a2, ref b2, ref a3, ref b3);
                Plane(1, va, vb, x + pair, x1 + pair, x2 + pair, x3 + pair, ref a0, ref b0, ref a1, ref b1, ref a2, ref b2, ref a3, ref b3);
                Plane(2, va, vb, x + pair, x1 + pair, x2 + pair, x3 + pair, ref a0, ref b0, ref a1, ref b1, ref a2, ref b2, ref a3, ref b3);
                Plane(3, va, vb, x + pair, x1 + pair, x2 + pair, x3 + pair, ref a0, ref b0, ref a1, ref b1, ref a2, ref b2, ref a3, ref b3);
                if (Sse.IsSupported)
                    Sse.Prefetch0(w + Ahead);
                w += Int4Panels.StepBytes;
            }

            var sa = L.Scales(scales);
            var sb = Two ? L.Scales(scales + 8) : default;
            scales += Int4Panels.Rows;
            Add(0, a0, b0, sa, sb, totals);
            Add(1, a1, b1, sa, sb, totals);
            Add(2, a2, b2, sa, sb, totals);
            Add(3, a3, b3, sa, sb, totals);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Offset(int index, long stride) => index < M.Value ? index * stride : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Plane(
        int plane, VX va, VX vb, int* x0, int* x1, int* x2, int* x3, ref VS a0, ref VS b0, ref VS a1, ref VS b1,
        ref VS a2, ref VS b2, ref VS a3, ref VS b3)
    {
        var wa = L.Plane(va, plane);
        var wb = Two ? L.Plane(vb, plane) : default;
        Step(wa, wb, x0 + plane, ref a0, ref b0);
        if (M.Value > 1)
            Step(wa, wb, x1 + plane, ref a1, ref b1);
        if (M.Value > 2)
            Step(wa, wb, x2 + plane, ref a2, ref b2);
        if (M.Value > 3)
            Step(wa, wb, x3 + plane, ref a3, ref b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(VX wa, VX wb, int* inputs, ref VS a, ref VS b)
    {
        var x = L.Pair(inputs);
        a = L.MultiplyAdd(wa, x, a);
        if (Two)
            b = L.MultiplyAdd(wb, x, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int token, VS a, VS b, VF sa, VF sb, VF* totals)
    {
        if (token >= M.Value)
            return;
        totals[token * Vectors] = L.AddScaled(a, sa, totals[token * Vectors]);
        if (Two)
            totals[(token * Vectors) + 1] = L.AddScaled(b, sb, totals[(token * Vectors) + 1]);
    }
}
