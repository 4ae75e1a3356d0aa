using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Course.Inference.Sampling;

/// <summary>A sum that carries its own rounding error (Neumaier 1974), so that many small terms lose nothing.</summary>
public struct CompensatedSum
{
    private double sum;
    private double lost;

    public readonly double Value => sum + lost;

    public void Add(double term)
    {
        var next = sum + term;
        lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }

    /// <summary>The same for many terms, in lanes that each carry their own error (Knuth's two-sum, which needs no comparison).</summary>
    public static double Of(ReadOnlySpan<double> terms)
    {
        Vector256<double> sums = default, losses = default;
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(terms);
        foreach (var block in blocks)
        {
            var next = sums + block;
            var added = next - sums;
            losses += sums - (next - added) + (block - added);
            sums = next;
        }

        var total = new CompensatedSum();
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
        {
            total.Add(sums[lane]);
            total.Add(losses[lane]);
        }
        foreach (var term in terms[(blocks.Length * Vector256<double>.Count)..])
            total.Add(term);
        return total.Value;
    }
}
