namespace Course.Inference.Decoding;

/// <summary>A token as it was emitted.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Probability">What it had in the distribution that it was drawn from, truncations included: 1 for greedy.</param>
/// <param name="At">When it came, since the run began.</param>
public readonly record struct DecodedToken(int Token, double Probability, TimeSpan At);
