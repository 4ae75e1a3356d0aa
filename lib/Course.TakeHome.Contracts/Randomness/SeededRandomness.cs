namespace Course.TakeHome.Contracts;

/// <summary>Randomness from a seed: the same answers whenever it is asked the same questions.</summary>
public sealed class SeededRandomness(int seed) : IRandomness
{
    private readonly Random random = new(seed);

    public bool Accept(double probability)
    {
        Probabilities.RequireOne(probability);
        return random.NextDouble() < probability;
    }

    public int Draw(IReadOnlyList<double> probabilities)
    {
        Probabilities.RequireLaw(probabilities);
        var left = random.NextDouble();
        var last = 0;
        for (var i = 0; i < probabilities.Count; i++)
        {
            if (probabilities[i] == 0)
                continue;
            if (left < probabilities[i])
                return i;
            left -= probabilities[i];
            last = i; // where rounding leaves a sliver behind the last interval, that interval gets it
        }
        return last;
    }
}
