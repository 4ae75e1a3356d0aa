using System.Collections;

namespace Course.Inference.Sampling;

/// <summary>
/// The exact law of what an experiment emits: each sequence of tokens that can come out, with its probability. Nothing is estimated; the
/// experiment is run once for every combination of answers that can happen, so its cost is the number of those. This is how the course
/// proves that a decoder emits the law of its model:
/// <code>
/// var law = JointLaw.Of(randomness => decoder.Decode(prompt, options, randomness).Select(t => t.Token));
/// Assert.True(TotalVariation.Between(law, expected) &lt; 1e-12);
/// </code>
/// Keep vocabulary and length small: V tokens to draw from, n times, are Vⁿ runs.
/// </summary>
public sealed class JointLaw : IEnumerable<KeyValuePair<IReadOnlyList<int>, double>>
{
    private const double Tolerance = 1e-12;

    private readonly Dictionary<IReadOnlyList<int>, double> probabilities = new(SequenceComparer.Instance);

    private JointLaw(IEnumerable<KeyValuePair<IReadOnlyList<int>, double>> outcomes, int runs)
    {
        var sums = new Dictionary<IReadOnlyList<int>, CompensatedSum>(SequenceComparer.Instance);
        foreach (var (sequence, probability) in outcomes)
        {
            var sum = sums.GetValueOrDefault(sequence);
            sum.Add(probability);
            sums[sequence] = sum;
        }
        foreach (var (sequence, sum) in sums)
            probabilities.Add(sequence, sum.Value);
        Runs = runs;
        RequireMassOne();
    }

    /// <summary>How often the experiment was run: the number of combinations of answers that can happen.</summary>
    public int Runs { get; }

    /// <summary>How many different sequences can come out.</summary>
    public int Count => probabilities.Count;

    /// <summary>The probability of exactly this sequence: 0 for one that cannot come out.</summary>
    public double this[params IReadOnlyList<int> sequence] => probabilities.GetValueOrDefault(sequence);

    /// <summary>Walks every branch of the experiment's questions.</summary>
    /// <param name="experiment">A function of the answers alone. It is run many times: it must make its own caches and keep nothing between runs.</param>
    /// <param name="maxRuns">How many runs are too many.</param>
    /// <exception cref="CourseException">The experiment has more branches, does not follow from its answers alone, or asks with numbers that are no distribution.</exception>
    public static JointLaw Of(Func<IRandomness, IEnumerable<int>> experiment, int maxRuns = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var outcomes = new List<KeyValuePair<IReadOnlyList<int>, double>>();
        var randomness = new EnumeratingRandomness();
        do
        {
            if (outcomes.Count == maxRuns)
                throw new CourseException(
                    $"The experiment has more than {maxRuns} branches. Use a smaller vocabulary or fewer tokens, or allow more with {nameof(maxRuns)}.");
            int[] sequence = [.. experiment(randomness)]; // runs the experiment: only then is its probability known
            outcomes.Add(new(sequence, randomness.Probability));
        }
        while (randomness.MoveNext());
        return new(outcomes, outcomes.Count);
    }

    /// <summary>A law that is written down, to compare with.</summary>
    /// <exception cref="CourseException">The probabilities do not sum to one.</exception>
    public static JointLaw Given(IEnumerable<KeyValuePair<IReadOnlyList<int>, double>> outcomes) => new(outcomes, runs: 0);

    /// <summary>The law of a function of the sequence: of its first tokens, of its length.</summary>
    public JointLaw Select(Func<IReadOnlyList<int>, IReadOnlyList<int>> image) =>
        new(probabilities.Select(pair => KeyValuePair.Create(image(pair.Key), pair.Value)), Runs);

    public IEnumerator<KeyValuePair<IReadOnlyList<int>, double>> GetEnumerator() => probabilities.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void RequireMassOne()
    {
        var mass = CompensatedSum.Of([.. probabilities.Values]);
        if (!(Math.Abs(mass - 1) <= Tolerance))
            throw new CourseException($"The probabilities of the {Count} sequences sum to {mass:R}, which is not one within {Tolerance:R}.");
    }
}
