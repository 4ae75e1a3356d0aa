namespace Course.TakeHome.Contracts;

/// <summary>
/// The exact law of what an experiment emits: every sequence that can come out, with its probability. Nothing is estimated; the experiment
/// is run once for every combination of answers of chance, so keep vocabulary and length small.
/// </summary>
public sealed class Law
{
    /// <summary>As much may be left over where an experiment has no last path, as one has not that rejects until it accepts.</summary>
    private const double MostUnseen = 0.02;

    private readonly Dictionary<string, (IReadOnlyList<int> Sequence, double Probability)> outcomes = [];

    private Law()
    {
    }

    /// <summary>How often the experiment was run.</summary>
    public int Runs { get; private set; }

    /// <summary>The probability of all paths that were not walked: 0 where the law is whole. What was walked is exact.</summary>
    public double Unseen { get; private set; }

    /// <summary>One that accepts as often as this has ended, but for one in a hundred, when a path is given up.</summary>
    private const double Rare = 1e-3;

    /// <summary>A coin tossed elsewhere shows the other side in one of so many runs.</summary>
    private const int Repetitions = 8;

    public IEnumerable<(IReadOnlyList<int> Sequence, double Probability)> Outcomes => outcomes.Values;

    /// <summary>The probability of exactly this sequence; 0 where it cannot come out.</summary>
    public double this[params IReadOnlyList<int> sequence] => outcomes.GetValueOrDefault(Key(sequence)).Probability;

    /// <summary>The probability of an event.</summary>
    public double Of(Func<IReadOnlyList<int>, bool> @event) => Outcomes.Where(outcome => @event(outcome.Sequence)).Sum(outcome => outcome.Probability);

    /// <param name="experiment">A function of the answers of chance alone: it makes its own caches and keeps nothing between runs.</param>
    /// <param name="maxRuns">How many runs are too many. Where only a hundredth or two is left by then, the law is given without it (<see cref="Unseen"/>).</param>
    /// <exception cref="LawTooLargeException">The experiment has more branches.</exception>
    /// <exception cref="CourseException">It does not follow from the answers alone, or asks with numbers that are no distribution.</exception>
    public static Law Of(Func<IRandomness, IEnumerable<int>> experiment, int maxRuns = 200_000) => Of((randomness, _) => experiment(randomness), maxRuns, repeats: Repetitions);

    /// <param name="experiment">The same, and is told a function that gives the path's probability once it has been walked.</param>
    /// <param name="maxRuns">As above.</param>
    /// <param name="repeats">How often the first path is walked again, to see the same; none where the experiment keeps account of its runs.</param>
    internal static Law Of(Func<IRandomness, Func<double>, IEnumerable<int>> experiment, int maxRuns, int repeats = 0)
    {
        var law = new Law();
        var randomness = new EveryAnswer();
        var seen = 0.0;
        do
        {
            CheckRunner.RequireWanted();
            var sequence = Walked(experiment, randomness); // only then is the path's probability known
            for (var i = 0; law.Runs == 0 && i < repeats; i++)
                RequireTheSameAgain(sequence, randomness, experiment);
            law.outcomes[Key(sequence)] = (sequence, law[sequence] + randomness.Probability);
            seen += randomness.Probability;
            law.Runs++;
        }
        while (randomness.MoveNext() && (law.Runs < maxRuns || law.Stops(1 - seen, maxRuns)));
        return law;
    }

    /// <summary>
    /// One path. A rule that rejects until it accepts ends slowly where the draft is all but right: there it accepts as seldom as it comes there at all. A
    /// law with such a corner cannot be walked, and that is no verdict; a path that is too long and not rare is one that does not end.
    /// </summary>
    private static int[] Walked(Func<IRandomness, Func<double>, IEnumerable<int>> experiment, EveryAnswer randomness)
    {
        try
        {
            int[] sequence = [.. experiment(randomness, () => randomness.Probability)];
            if (!randomness.IsExhausted)
                return sequence;
        }
        catch (Exception) when (randomness.IsExhausted && randomness.Entered < Rare)
        {
            // An answer in another process tells it in another exception.
        }
        throw new LawTooLargeException("The experiment has a path that is too long to be walked: draw from the residual itself, or judge a sample.");
    }

    /// <summary>Chance that is taken from elsewhere would bend every figure without a word.</summary>
    private static void RequireTheSameAgain(int[] sequence, EveryAnswer randomness, Func<IRandomness, Func<double>, IEnumerable<int>> experiment)
    {
        randomness.Again();
        int[] again = [.. experiment(randomness, () => randomness.Probability)];
        if (!again.AsSpan().SequenceEqual(sequence))
            throw new CourseException($"The same answers of chance led once to {Show.Tokens(sequence)} and once to {Show.Tokens(again)}. {EveryAnswer.OtherChance}");
    }

    /// <summary>
    /// Of many runs by chance, for an experiment that cannot be walked: frequencies, and as <see cref="Unseen"/> how far any of them may be off, which
    /// is six standard deviations.
    /// </summary>
    internal static Law Sampled(Func<IRandomness, IEnumerable<int>> experiment, int runs)
    {
        var law = new Law { Runs = runs, Unseen = Tolerances.Deviations * Math.Sqrt(0.25 / runs) };
        for (var seed = 0; seed < runs; seed++)
        {
            CheckRunner.RequireWanted();
            int[] sequence = [.. experiment(new SeededRandomness(seed))];
            law.outcomes[Key(sequence)] = (sequence, law[sequence] + (1.0 / runs));
        }
        return law;
    }

    /// <summary>Ends the walk where little is left: false, always.</summary>
    private bool Stops(double unseen, int maxRuns)
    {
        if (unseen > MostUnseen)
            throw new LawTooLargeException($"The experiment has more than {maxRuns} branches: take fewer tokens or a smaller vocabulary.");
        Unseen = Math.Max(0, unseen);
        return false;
    }

    /// <summary>Total variation, ½ Σ |p − q|: 0 for equal laws, 1 for laws that share nothing. Of laws that are not whole, the least that it can be.</summary>
    public static double Distance(Law p, Law q) => Math.Max(0, Math.Max(Excess(p, q) - q.Unseen, Excess(q, p) - p.Unseen));

    /// <summary>The sequence on which two laws differ most.</summary>
    public static IReadOnlyList<int> Worst(Law p, Law q) =>
        p.Outcomes.Concat(q.Outcomes).Select(outcome => outcome.Sequence).MaxBy(sequence => Math.Abs(p[sequence] - q[sequence])) ?? [];

    /// <summary>What p gives too much, over all sequences.</summary>
    private static double Excess(Law p, Law q) => p.outcomes.Sum(outcome => Math.Max(0, outcome.Value.Probability - q.outcomes.GetValueOrDefault(outcome.Key).Probability));

    // Numbers as they are stored, not as a culture writes them.
    private static string Key(IReadOnlyList<int> sequence) => string.Create(2 * sequence.Count, sequence, (key, tokens) =>
    {
        for (var i = 0; i < tokens.Count; i++)
            (key[2 * i], key[(2 * i) + 1]) = ((char)(tokens[i] >> 16), (char)tokens[i]);
    });
}

/// <summary>A law with more branches than were to be walked. That says nothing about whoever is asked.</summary>
public sealed class LawTooLargeException(string message) : CourseException(message);
