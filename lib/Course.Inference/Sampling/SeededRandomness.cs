namespace Course.Inference.Sampling;

/// <summary>
/// Randomness from a seed: the same answers on every machine and with every version of .NET. Not for several threads at once.
/// </summary>
public sealed class SeededRandomness : IRandomness
{
    /// <summary>How far from one a distribution may sum: room for probabilities that were computed in single precision and normalised.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Probabilities that are passed over together, by their sum.</summary>
    private const int Block = 64;

    private readonly ulong seed;
    private Xoshiro256 generator;

    public SeededRandomness(ulong seed)
    {
        this.seed = seed;
        var words = new SplitMix64(seed);
        generator = new(words.Next(), words.Next(), words.Next(), words.Next());
    }

    /// <summary>
    /// The randomness of one request. It depends on this seed and the request's number alone, not on what was drawn before, so a request
    /// gets the same answers alone, in a batch, and whatever its neighbours do.
    /// </summary>
    public SeededRandomness ForRequest(ulong request)
    {
        // The first word of each number's own sequence: neighbouring seeds and neighbouring requests land far apart.
        var mixedSeed = new SplitMix64(seed).Next();
        return new(new SplitMix64(mixedSeed ^ request).Next());
    }

    public bool Accept(double probability)
    {
        Distributions.RequireProbability(probability);
        return generator.NextDouble() < probability;
    }

    public int Draw(ReadOnlySpan<double> probabilities)
    {
        Distributions.Require(probabilities, Tolerance);
        var left = generator.NextDouble();
        var at = 0;
        for (; at <= probabilities.Length - Block; at += Block)
        {
            var share = Distributions.Sum(probabilities.Slice(at, Block));
            if (left < share)
                break;
            left -= share;
        }

        for (; at < probabilities.Length; at++)
        {
            if (left < probabilities[at])
                return at;
            left -= probabilities[at];
        }
        return probabilities.LastIndexOfAnyExcept(0.0); // where rounding leaves a sliver behind the last interval, that interval gets it
    }
}
