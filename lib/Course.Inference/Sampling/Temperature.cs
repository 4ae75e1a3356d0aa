namespace Course.Inference.Sampling;

/// <summary>softmax(logits / temperature), and its limit for temperature → 0 with ties going to the lowest id.</summary>
internal static class Temperature
{
    public static void Apply(ReadOnlySpan<float> logits, Span<double> probabilities, double temperature)
    {
        var best = FirstMaximum(logits);
        probabilities.Clear();
        if (temperature == 0)
        {
            probabilities[best] = 1;
            return;
        }
        // Subtracting the maximum first keeps every exponent at or below zero, however small the temperature.
        for (var i = 0; i < logits.Length; i++)
            probabilities[i] = Math.Exp(((double)logits[i] - logits[best]) / temperature);
        Distributions.Normalise(probabilities);
    }

    private static int FirstMaximum(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
            throw new CourseException("There are no logits to choose from: the vocabulary is empty.");
        var best = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            if (float.IsNaN(logits[i]) || float.IsPositiveInfinity(logits[i]))
                throw new CourseException(
                    $"The logit of token {i} is {logits[i]}; logits must be numbers or −∞. The weights or the arithmetic that made it are broken: " +
                    "look for overflow in a 16-bit type, or for a damaged checkpoint.");
            if (logits[i] > logits[best])
                best = i;
        }
        if (float.IsNegativeInfinity(logits[best]))
            throw new CourseException("Every logit is −∞: no token is allowed, so none can be drawn. Loosen the mask that was put on the logits.");
        return best;
    }
}
