namespace Course.Inference.Sampling;

/// <summary>
/// How logits become the distribution that the next token is drawn from. The steps always come in this order, which is that of
/// Hugging Face's generation: temperature, top-k, top-p, min-p. What a step drops has probability zero for the next, and what it
/// keeps sums to one again.
/// </summary>
public sealed record SamplingOptions
{
    /// <summary>The model's own distribution, unchanged.</summary>
    public static SamplingOptions Default { get; } = new();

    /// <summary>Always the most probable token.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Divides the logits: below 1 sharpens, above 1 flattens. 0 puts everything on the first maximum (greedy).</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Keeps at most so many tokens, the most probable ones. Among equals at the border the lower ids stay.</summary>
    public int TopK { get; init; } = int.MaxValue;

    /// <summary>Keeps the fewest most probable tokens that together reach this probability (Holtzman et al. 2020), ties as in <see cref="TopK"/>.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Keeps the tokens at least this fraction as probable as the most probable one (Nguyen et al. 2024).</summary>
    public double MinP { get; init; }

    /// <summary>Returns itself if every value is in its range; otherwise says which is not.</summary>
    /// <exception cref="CourseException"/>
    public SamplingOptions Validated()
    {
        Require(double.IsFinite(Temperature) && Temperature >= 0, nameof(Temperature), "0 (greedy) or a positive number", Temperature);
        Require(TopK >= 1, nameof(TopK), "at least 1", TopK);
        Require(TopP is > 0 and <= 1, nameof(TopP), "above 0 and at most 1", TopP);
        Require(MinP is >= 0 and <= 1, nameof(MinP), "between 0 and 1", MinP);
        return this;
    }

    private static void Require(bool holds, string name, string expected, double came)
    {
        if (!holds)
            throw new CourseException($"{name} must be {expected}; got {came}.");
    }
}
