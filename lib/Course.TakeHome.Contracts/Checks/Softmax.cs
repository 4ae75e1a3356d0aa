namespace Course.TakeHome.Contracts;

/// <summary>Arithmetic that checks and answers may both take for granted.</summary>
public static class Softmax
{
    /// <summary>exp(l / T) over its sum.</summary>
    /// <param name="logits">[V]</param>
    /// <param name="temperature">T, above 0.</param>
    /// <returns>[V]</returns>
    public static double[] Of(IReadOnlyList<float> logits, double temperature = 1)
    {
        double most = logits.Max();
        double[] weights = [.. logits.Select(logit => Math.Exp((logit - most) / temperature))];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>All to the most probable token, the first of several: greedy decoding.</summary>
    /// <returns>[V]</returns>
    public static double[] Greedy(IReadOnlyList<float> logits)
    {
        var best = Enumerable.Range(0, logits.Count).MaxBy(token => logits[token]);
        return [.. logits.Select((_, token) => token == best ? 1.0 : 0.0)];
    }
}
