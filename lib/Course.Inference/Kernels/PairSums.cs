using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Course.Inference.Kernels;

/// <summary>sums[i] + w[2i]·x[2i] + w[2i+1]·x[2i+1] in 32 bits: exact, so all instruction sets yield the same bits.</summary>
internal static class PairSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<short> w, Vector256<short> x, Vector256<int> sums)
    {
        if (AvxVnni.IsSupported)
            return AvxVnni.MultiplyWideningAndAdd(sums, w, x);
        if (Avx2.IsSupported)
            return sums + Avx2.MultiplyAddAdjacent(w, x);
        var (w32, x32) = (w.AsInt32(), x.AsInt32());
        return sums + ((w32 << 16 >> 16) * (x32 << 16 >> 16)) + ((w32 >> 16) * (x32 >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<short> w, Vector512<short> x, Vector512<int> sums) => Avx512BW.IsSupported
        ? sums + Avx512BW.MultiplyAddAdjacent(w, x)
        : Vector512.Create(Add(w.GetLower(), x.GetLower(), sums.GetLower()), Add(w.GetUpper(), x.GetUpper(), sums.GetUpper()));
}
