namespace Course.TakeHome.Contracts;

/// <summary>From logits to probabilities, for checks and answers.</summary>
public static class Softmax
{
    /// <summary>The softmax at a temperature T: exp(l / T), divided by its sum.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="temperature">T, above 0.</param>
    /// <returns>[V]: probabilities that sum to one.</returns>
    public static double[] Of(IReadOnlyList<float> logits, double temperature = 1)
    {
        double most = logits.Max();
        double[] weights = [.. logits.Select(logit => Math.Exp((logit - most) / temperature))];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Greedy decoding as a distribution: all probability to the largest logit, the first of several.</summary>
    /// <returns>[V]: probabilities that sum to one.</returns>
    public static double[] Greedy(IReadOnlyList<float> logits)
    {
        var best = Enumerable.Range(0, logits.Count).MaxBy(token => logits[token]);
        return [.. logits.Select((_, token) => token == best ? 1.0 : 0.0)];
    }
}
