namespace Course.TakeHome.Contracts;

/// <summary>
/// Randomness that walks the tree of all answers, each path once, and the more probable first. Where a path leaves what is known it goes on as
/// chance would, so that one which ends with probability one does end.
/// </summary>
internal sealed class EveryAnswer : IRandomness, IForeknown
{
    /// <summary>A text of a few tokens asks for a few answers; a path on which so many were asked does not end.</summary>
    private const int MostQuestions = 10_000;

    /// <summary>What is wrong where the same answers do not lead to the same run.</summary>
    public const string OtherChance = "Take all chance from the IRandomness that you are handed (not from new Random(), Random.Shared or a clock), and keep nothing between runs.";

    private readonly PriorityQueue<(Question Question, int Answer), double> open = new();
    private readonly Random random = new(1);
    private readonly Queue<double> foretold = new();
    private Question? root;
    private (Question Question, int Answer)? last;
    private int[] forced = [];
    private int asked;

    /// <summary>Whether a path was longer than what is walked.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The probability of the turn by which the path left those walked before.</summary>
    public double Entered { get; private set; } = 1;

    /// <summary>Of the path walked so far.</summary>
    public double Probability { get; private set; } = 1;

    public bool Accept(double probability)
    {
        Probabilities.RequireOne(probability);
        return Answer([probability, 1 - probability], isYesOrNo: true) == 0;
    }

    public int Draw(IReadOnlyList<double> probabilities)
    {
        Probabilities.RequireLaw(probabilities);
        return Answer([.. probabilities], isYesOrNo: false);
    }

    /// <summary>Moves to the next path. False when every path has been walked.</summary>
    public bool MoveNext()
    {
        if (asked < forced.Length)
            throw new CourseException($"{asked} questions were asked, and at least {forced.Length} when the same answers were given before. {OtherChance}");
        (asked, Probability, last) = (0, 1, null);
        foretold.Clear();
        if (!open.TryDequeue(out var next, out _))
            return false;
        forced = [.. next.Question.Way(), next.Answer];
        Entered = next.Question.Reached * next.Question.Probabilities[next.Answer];
        return true;
    }

    /// <summary>Walks the path that was walked last once more.</summary>
    public void Again()
    {
        forced = last is { } at ? [.. at.Question.Way(), at.Answer] : [];
        (asked, Probability, last) = (0, 1, null);
        foretold.Clear();
    }

    double[] IForeknown.Foretell(int most)
    {
        List<double> uniforms = [];
        var question = last is { } at ? at.Question.Next[at.Answer] : root;
        for (var i = asked; i < forced.Length && uniforms.Count < most; i++)
        {
            if (question?.UniformFor(forced[i]) is not { } uniform)
                return [.. uniforms];
            uniforms.Add(uniform);
            question = question.Next[forced[i]];
        }
        while (uniforms.Count + foretold.Count < most)
            foretold.Enqueue(random.NextDouble());
        return [.. uniforms, .. foretold];
    }

    private int Answer(double[] probabilities, bool isYesOrNo)
    {
        if (IsExhausted = asked == MostQuestions)
            throw new CourseException($"Chance was asked {MostQuestions} times in one run. Look for a loop that never ends.");
        var question = Known(probabilities, isYesOrNo);
        var answer = asked < forced.Length ? forced[asked] : question.By(foretold.TryDequeue(out var uniform) ? uniform : random.NextDouble());
        if (asked >= forced.Length)
            Open(question, answer);
        asked++;
        last = (question, answer);
        Probability *= probabilities[answer];
        return answer;
    }

    /// <summary>The question at this place of the tree: the one that was asked here before, or a new one.</summary>
    private Question Known(double[] probabilities, bool isYesOrNo)
    {
        var known = last is { } at ? at.Question.Next[at.Answer] : root;
        if (known is not null)
            return known.IsYesOrNo == isYesOrNo && probabilities.AsSpan().SequenceEqual(known.Probabilities)
                ? known
                : throw new CourseException($"Question {asked + 1} came with other probabilities than when the same answers were given before. {OtherChance}");
        var question = new Question(probabilities, isYesOrNo, last, Probability);
        if (last is { } parent)
            parent.Question.Next[parent.Answer] = question;
        else
            root = question;
        return question;
    }

    private void Open(Question question, int taken)
    {
        for (var other = 0; other < question.Probabilities.Length; other++)
            if (other != taken && question.Probabilities[other] > 0)
                open.Enqueue((question, other), -question.Reached * question.Probabilities[other]);
    }

    /// <summary>A question that was asked, and what was asked after each of its answers.</summary>
    private sealed class Question(double[] probabilities, bool isYesOrNo, (Question Question, int Answer)? before, double reached)
    {
        public double[] Probabilities => probabilities;

        public bool IsYesOrNo => isYesOrNo;

        /// <summary>The probability of coming here.</summary>
        public double Reached => reached;

        public Question?[] Next { get; } = new Question?[probabilities.Length];

        public int By(double uniform) => isYesOrNo ? Contracts.Probabilities.Accept(probabilities[0], uniform) ? 0 : 1 : Contracts.Probabilities.Draw(probabilities, uniform);

        /// <summary>A number that is answered so; null where rounding leaves none.</summary>
        public double? UniformFor(int answer)
        {
            var uniform = probabilities.Take(answer).Sum() + (probabilities[answer] / 2);
            return By(uniform) == answer ? uniform : null;
        }

        /// <summary>The answers that lead here.</summary>
        public Stack<int> Way()
        {
            Stack<int> way = new();
            for (var at = before; at is { } step; at = step.Question.Before)
                way.Push(step.Answer);
            return way;
        }

        private (Question Question, int Answer)? Before => before;
    }
}
