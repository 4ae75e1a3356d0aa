namespace Course.Inference.Sampling;

/// <summary>
/// Total variation distance, ½ Σ |p(x) − q(x)|: the largest difference of the probabilities that two laws give to any event.
/// 0 for equal laws, 1 for laws that share nothing.
/// </summary>
public static class TotalVariation
{
    public static double Between(JointLaw p, JointLaw q)
    {
        var distance = new CompensatedSum();
        foreach (var (sequence, probability) in p)
            distance.Add(Math.Abs(probability - q[sequence]));
        foreach (var (sequence, probability) in q)
            if (p[sequence] == 0)
                distance.Add(probability);
        return distance.Value / 2;
    }

    /// <param name="p">[V]</param>
    /// <param name="q">[V]</param>
    public static double Between(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        if (p.Length != q.Length)
            throw new CourseException($"Two distributions over one vocabulary have as many probabilities each; got {p.Length} and {q.Length}.");
        var distance = new CompensatedSum();
        for (var i = 0; i < p.Length; i++)
            distance.Add(Math.Abs(p[i] - q[i]));
        return distance.Value / 2;
    }
}
