namespace Course.Inference.Sampling;

/// <summary>
/// Randomness that answers along one path through the tree of all answers, and can be moved to the next path.
/// An experiment is run once per path; together the runs visit every answer of positive probability exactly once, depth first.
/// <see cref="JointLaw"/> drives it.
/// </summary>
internal sealed class EnumeratingRandomness : IRandomness
{
    // Not the seeded tolerance: a proof to 1e-12 needs questions that are as exact.
    private const double Tolerance = 1e-12;

    private readonly List<Question> path = [];
    private int asked;

    /// <summary>The probability of the path walked so far.</summary>
    public double Probability { get; private set; } = 1;

    public bool Accept(double probability)
    {
        Distributions.RequireProbability(probability);
        return Answer(isDraw: false, [1 - probability, probability]) == 1;
    }

    public int Draw(ReadOnlySpan<double> probabilities)
    {
        Distributions.Require(probabilities, Tolerance);
        return Answer(isDraw: true, probabilities);
    }

    private int Answer(bool isDraw, ReadOnlySpan<double> probabilities)
    {
        if (asked == path.Count)
            path.Add(new(isDraw, probabilities.ToArray()));
        else if (path[asked].IsDraw != isDraw || !probabilities.SequenceEqual(path[asked].Probabilities))
            throw NotDeterministic($"question {asked + 1} came with other probabilities than when the same answers were given before");
        var question = path[asked++];
        Probability *= question.Probabilities[question.Answer];
        return question.Answer;
    }

    /// <summary>Moves to the next path. False when every path has been walked.</summary>
    public bool MoveNext()
    {
        if (asked < path.Count)
            throw NotDeterministic($"it asked {asked} questions, and at least {path.Count} when the same answers were given before");
        while (path.Count > 0 && !path[^1].MoveNext())
            path.RemoveAt(path.Count - 1);
        (asked, Probability) = (0, 1);
        return path.Count > 0;
    }

    private static CourseException NotDeterministic(string what) => new(
        $"The experiment does not follow from the answers alone: {what}. Give every run its own model cache and take all randomness from the IRandomness it is handed.");

    private sealed class Question(bool isDraw, double[] probabilities)
    {
        public bool IsDraw { get; } = isDraw;

        public double[] Probabilities { get; } = probabilities;

        public int Answer { get; private set; } = Array.FindIndex(probabilities, p => p > 0);

        /// <summary>The next answer that can happen. False when there is none.</summary>
        public bool MoveNext()
        {
            do
                Answer++;
            while (Answer < Probabilities.Length && Probabilities[Answer] == 0);
            return Answer < Probabilities.Length;
        }
    }
}
