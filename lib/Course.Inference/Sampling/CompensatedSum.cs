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

    public static double Of(ReadOnlySpan<double> terms)
    {
        var total = new CompensatedSum();
        foreach (var term in terms)
            total.Add(term);
        return total.Value;
    }
}
