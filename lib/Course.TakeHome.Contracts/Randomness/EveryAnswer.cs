namespace Course.TakeHome.Contracts;

/// <summary>Randomness that answers along one path through the tree of all answers, and moves on to the next: depth first, each once.</summary>
internal sealed class EveryAnswer : IRandomness
{
    private readonly List<(double[] Probabilities, int Answer)> path = [];
    private int asked;

    /// <summary>Of the path walked so far.</summary>
    public double Probability { get; private set; } = 1;

    public bool Accept(double probability)
    {
        Probabilities.RequireOne(probability);
        return Answer([1 - probability, probability]) == 1;
    }

    public int Draw(IReadOnlyList<double> probabilities)
    {
        Probabilities.RequireLaw(probabilities);
        return Answer([.. probabilities]);
    }

    private int Answer(double[] probabilities)
    {
        if (asked == path.Count)
            path.Add((probabilities, Next(probabilities, -1)));
        else if (!probabilities.AsSpan().SequenceEqual(path[asked].Probabilities))
            throw new TakeHomeException(
                $"Question {asked + 1} came with other probabilities than when the same answers were given before. Take all chance from the IRandomness that you are handed, and keep nothing between runs.");
        var (_, answer) = path[asked++];
        Probability *= probabilities[answer];
        return answer;
    }

    /// <summary>Moves to the next path. False when every path has been walked.</summary>
    public bool MoveNext()
    {
        if (asked < path.Count)
            throw new TakeHomeException($"{asked} questions were asked, and at least {path.Count} when the same answers were given before. Keep nothing between runs.");
        while (path.Count > 0)
        {
            var (probabilities, answer) = path[^1];
            path.RemoveAt(path.Count - 1);
            if (Next(probabilities, answer) is var next && next < probabilities.Length)
            {
                path.Add((probabilities, next));
                break;
            }
        }
        (asked, Probability) = (0, 1);
        return path.Count > 0;
    }

    private static int Next(double[] probabilities, int after)
    {
        do
            after++;
        while (after < probabilities.Length && probabilities[after] == 0);
        return after;
    }
}
