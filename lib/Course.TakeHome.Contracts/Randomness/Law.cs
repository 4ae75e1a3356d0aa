namespace Course.TakeHome.Contracts;

/// <summary>
/// The exact law of what an experiment emits: every sequence that can come out, with its probability. Nothing is estimated; the experiment
/// is run once for every combination of answers of chance, so keep vocabulary and length small.
/// </summary>
public sealed class Law
{
    private readonly Dictionary<string, (IReadOnlyList<int> Sequence, double Probability)> outcomes = [];

    private Law(int runs) => Runs = runs;

    /// <summary>How often the experiment was run.</summary>
    public int Runs { get; private set; }

    public IEnumerable<(IReadOnlyList<int> Sequence, double Probability)> Outcomes => outcomes.Values;

    /// <summary>The probability of exactly this sequence; 0 where it cannot come out.</summary>
    public double this[params IReadOnlyList<int> sequence] => outcomes.GetValueOrDefault(Key(sequence)).Probability;

    /// <summary>The probability of an event.</summary>
    public double Of(Func<IReadOnlyList<int>, bool> @event) => Outcomes.Where(outcome => @event(outcome.Sequence)).Sum(outcome => outcome.Probability);

    /// <param name="experiment">A function of the answers of chance alone: it makes its own caches and keeps nothing between runs.</param>
    /// <param name="maxRuns">How many runs are too many.</param>
    /// <exception cref="TakeHomeException">The experiment has more branches, or does not follow from the answers alone, or asks with numbers that are no distribution.</exception>
    public static Law Of(Func<IRandomness, IEnumerable<int>> experiment, int maxRuns = 200_000)
    {
        var law = new Law(0);
        var randomness = new EveryAnswer();
        do
        {
            if (law.Runs++ == maxRuns)
                throw new TakeHomeException($"The experiment has more than {maxRuns} branches: take fewer tokens or a smaller vocabulary.");
            int[] sequence = [.. experiment(randomness)]; // runs it: only then is the path's probability known
            law.outcomes[Key(sequence)] = (sequence, law[sequence] + randomness.Probability);
        }
        while (randomness.MoveNext());
        return law;
    }

    /// <summary>Total variation, ½ Σ |p − q|: 0 for equal laws, 1 for laws that share nothing.</summary>
    public static double Distance(Law p, Law q) =>
        p.outcomes.Keys.Union(q.outcomes.Keys).Sum(key => Math.Abs(p.outcomes.GetValueOrDefault(key).Probability - q.outcomes.GetValueOrDefault(key).Probability)) / 2;

    /// <summary>The sequence on which two laws differ most.</summary>
    public static IReadOnlyList<int> Worst(Law p, Law q) =>
        p.Outcomes.Concat(q.Outcomes).Select(outcome => outcome.Sequence).MaxBy(sequence => Math.Abs(p[sequence] - q[sequence])) ?? [];

    private static string Key(IReadOnlyList<int> sequence) => string.Join(' ', sequence);
}
