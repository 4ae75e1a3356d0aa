namespace Course.TakeHome.Contracts;

/// <summary>
/// Randomness from a seed: the same answers whenever it is asked the same questions. Neighbouring seeds have nothing in common, as those of
/// <see cref="Random"/> have, whose numbers grow evenly with the seed: many texts are judged together here, one for each seed.
/// </summary>
public sealed class SeededRandomness(int seed) : IRandomness, IForeknown
{
    private SplitMix64 words = new(SplitMix64.Mix((uint)seed));
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

    /// <summary>From 0 to 1, in steps of 2⁻⁵³.</summary>
    private double Uniform() => (words.Next() >> 11) * (1.0 / (1UL << 53));
}
