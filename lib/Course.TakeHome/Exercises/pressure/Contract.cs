namespace Course.TakeHome.Contracts;

/// <summary>The peaks of a machine: the two limits of a roofline.</summary>
/// <param name="FlopsPerSecond">Peak arithmetic, in FLOP/s.</param>
/// <param name="BytesPerSecond">Peak memory bandwidth, in bytes per second.</param>
public sealed record MachinePeaks(double FlopsPerSecond, double BytesPerSecond);

/// <summary>What one call of a model costs.</summary>
/// <param name="WeightBytes">Bytes of the weights, read once per call, however many tokens it brings.</param>
/// <param name="FlopsPerToken">FLOPs for each token of each sequence.</param>
/// <param name="CacheBytesPerRow">Bytes of one sequence's cache, read once per call.</param>
public sealed record ModelNeeds(double WeightBytes, double FlopsPerToken, double CacheBytesPerRow);

/// <summary>A target and a draft on a machine.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Target">The model whose distribution is emitted.</param>
/// <param name="Draft">The model that proposes draft tokens.</param>
/// <param name="Acceptance">The acceptance rate α, from 0 to 1.</param>
/// <param name="DraftLength">The draft length γ.</param>
public sealed record PressureCase(MachinePeaks Machine, ModelNeeds Target, ModelNeeds Draft, double Acceptance, int DraftLength);

/// <summary>Exercise "pressure": what speculation gains when many users share the machine.</summary>
public interface IBatchPressure
{
    /// <summary>
    /// The time of one call by roofline: the machine computes and reads at the same time, each at its peak, and the slower one decides.
    /// </summary>
    /// <param name="machine">The machine's peaks.</param>
    /// <param name="model">The cost of a call.</param>
    /// <param name="rows">B: sequences in the batch.</param>
    /// <param name="tokensPerRow">T: new tokens of each sequence in this call.</param>
    /// <returns>Seconds.</returns>
    double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow);

    /// <summary>
    /// Tokens per second with speculation over tokens per second without, for B sequences in lock-step. Draft tokens are accepted
    /// independently with probability α.
    /// </summary>
    double Speedup(PressureCase @case, int rows);

    /// <summary>
    /// The smallest batch B, from 1 to <paramref name="most"/>, at which the speed-up is 1 or less; <paramref name="most"/> + 1 if there
    /// is none.
    /// </summary>
    int Crossover(PressureCase @case, int most);

    /// <summary>One chart that makes the case to a colleague who has a minute.</summary>
    LineChart Chart(PressureCase @case);
}
