namespace Course.TakeHome.Contracts;

/// <summary>
/// Randomness from a seed: the same answers whenever it is asked the same questions. Neighbouring seeds have nothing in common, as those of
/// <see cref="Random"/> have, whose numbers grow evenly with the seed: many texts are judged together here, one for each seed.
/// </summary>
public sealed class SeededRandomness(int seed) : IRandomness, IForeknown
{
    private ulong state = Mixed((uint)seed);
    private readonly Queue<double> foretold = new();

    public bool Accept(double probability)
    {
        Probabilities.RequireOne(probability);
        return Probabilities.Accept(probability, Next());
    }

    public int Draw(IReadOnlyList<double> probabilities)
    {
        Probabilities.RequireLaw(probabilities);
        return Probabilities.Draw(probabilities, Next());
    }

    double[] IForeknown.Foretell(int most)
    {
        while (foretold.Count < most)
            foretold.Enqueue(Uniform());
        return [.. foretold];
    }

    private double Next() => foretold.TryDequeue(out var uniform) ? uniform : Uniform();

    /// <summary>From 0 to 1, in steps of 2⁻⁵³. SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private double Uniform() => (Mixed(state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
