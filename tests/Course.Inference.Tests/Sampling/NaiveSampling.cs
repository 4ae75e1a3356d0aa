namespace Course.Inference.Tests.Sampling;

/// <summary>The sampling pipeline as one would write it from the definitions alone: sort, cut, renormalise.</summary>
internal static class NaiveSampling
{
    public static double[] Softmax(IReadOnlyList<float> logits, double temperature = 1)
    {
        var weights = logits.Select(logit => Math.Exp((logit - (double)logits.Max()) / temperature)).ToArray();
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>Keeps the tokens that are ranked before <paramref name="cut"/>: by probability, then by id.</summary>
    private static double[] Keep(double[] p, Func<int[], int> cut)
    {
        int[] ranked = [.. Enumerable.Range(0, p.Length).OrderByDescending(id => p[id]).ThenBy(id => id)];
        var kept = ranked[..cut(ranked)].ToHashSet();
        var total = kept.Sum(id => p[id]);
        return [.. p.Select((probability, id) => kept.Contains(id) ? probability / total : 0)];
    }

    public static double[] TopK(double[] p, int k) => Keep(p, ranked => Math.Min(k, ranked.Length));

    public static double[] TopP(double[] p, double limit) =>
        Keep(p, ranked => Enumerable.Range(1, ranked.Length).FirstOrDefault(n => ranked[..n].Sum(id => p[id]) >= limit, ranked.Length));

    public static double[] MinP(double[] p, double fraction) =>
        Keep(p, ranked => ranked.Count(id => p[id] >= fraction * p.Max()));
}
