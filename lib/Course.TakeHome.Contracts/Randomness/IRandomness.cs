namespace Course.TakeHome.Contracts;

/// <summary>
/// All the randomness there is, as two questions. A seeded generator answers them in production; in checks an enumerator walks every
/// answer and so yields the exact law of what comes out (<see cref="Law"/>). Take all chance from here, or no check can follow you.
/// </summary>
public interface IRandomness
{
    /// <summary>Yes with this probability. 0 is never, 1 is always; values outside [0, 1] and NaN are refused.</summary>
    bool Accept(double probability);

    /// <summary>Index i with probability p[i]. The probabilities must be finite, not negative, and sum to one.</summary>
    int Draw(IReadOnlyList<double> probabilities);
}
