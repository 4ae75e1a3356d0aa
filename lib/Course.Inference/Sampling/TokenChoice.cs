namespace Course.Inference.Sampling;

/// <summary>A token that was drawn, and the probability that it had.</summary>
public readonly record struct TokenChoice(int Token, double Probability);
