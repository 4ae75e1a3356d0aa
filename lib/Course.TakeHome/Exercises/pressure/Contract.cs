namespace Course.TakeHome.Contracts;

/// <summary>What a machine can do at best.</summary>
/// <param name="FlopsPerSecond">Arithmetic.</param>
/// <param name="BytesPerSecond">Memory.</param>
public sealed record MachinePeaks(double FlopsPerSecond, double BytesPerSecond);

/// <summary>What one call of a model needs.</summary>
/// <param name="WeightBytes">Read once a call, however many tokens it brings.</param>
/// <param name="FlopsPerToken">For each token of each row.</param>
/// <param name="CacheBytesPerRow">Read once a call for each row.</param>
public sealed record ModelNeeds(double WeightBytes, double FlopsPerToken, double CacheBytesPerRow);

/// <summary>A pair of models on a machine.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Target">The model whose law is emitted.</param>
/// <param name="Draft">The model that guesses.</param>
/// <param name="Acceptance">α.</param>
/// <param name="DraftLength">γ.</param>
public sealed record PressureCase(MachinePeaks Machine, ModelNeeds Target, ModelNeeds Draft, double Acceptance, int DraftLength);

/// <summary>Exercise "pressure": what becomes of speculation when many users share the machine.</summary>
public interface IBatchPressure
{
    /// <summary>The time of one call on a machine that computes and reads at once, each at its peak: the longer of the two.</summary>
    double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow);

    /// <summary>
    /// Tokens per second with speculation over those without, for B rows in lock-step. Guesses are accepted
    /// independently with probability α.
    /// </summary>
    double Speedup(PressureCase @case, int rows);

    /// <summary>
    /// The least B from 1 to <paramref name="most"/> at which speculation gains nothing any more;
    /// <paramref name="most"/> + 1 if there is none.
    /// </summary>
    int Crossover(PressureCase @case, int most);

    /// <summary>One chart that makes the case to a colleague who has a minute.</summary>
    LineChart Chart(PressureCase @case);
}
