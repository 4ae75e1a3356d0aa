namespace Course.TakeHome.Contracts;

/// <summary>Randomness from a seed: the same answers whenever it is asked the same questions.</summary>
public sealed class SeededRandomness(int seed) : IRandomness, IForeknown
{
    private readonly Random random = new(seed);
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
            foretold.Enqueue(random.NextDouble());
        return [.. foretold];
    }

    private double Next() => foretold.TryDequeue(out var uniform) ? uniform : random.NextDouble();
}
