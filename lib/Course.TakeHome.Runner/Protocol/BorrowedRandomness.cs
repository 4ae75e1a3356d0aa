using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// The other side's randomness. The owner may send the uniform numbers of its next decisions in advance; both sides then compute the
/// decisions, and the owner's result counts.
/// </summary>
internal sealed class BorrowedRandomness(Borrowed owner, double[] foretold) : IRandomness
{
    private readonly Queue<double> ahead = new(foretold);

    public bool Accept(double probability)
    {
        Probabilities.RequireOne(probability);
        if (ahead.TryDequeue(out var uniform))
        {
            owner.Tell(LentVerb.Accept, told => told.Double(probability));
            return Probabilities.Accept(probability, uniform);
        }
        var answer = owner.Ask(LentVerb.AskAccept, question => question.Double(probability));
        var accepted = answer.Bool();
        Refill(answer);
        return accepted;
    }

    public int Draw(IReadOnlyList<double> probabilities)
    {
        double[] law = [.. probabilities];
        Probabilities.RequireLaw(law);
        if (ahead.TryDequeue(out var uniform))
        {
            owner.Tell(LentVerb.Draw, told => told.Doubles(law));
            return Probabilities.Draw(law, uniform);
        }
        var answer = owner.Ask(LentVerb.AskDraw, question => question.Doubles(law));
        var drawn = answer.Int();
        Refill(answer);
        return drawn >= 0 && drawn < law.Length ? drawn : throw new CourseException($"The judge drew token {drawn} of {law.Length}.");
    }

    private void Refill(MessageReader answer)
    {
        foreach (var uniform in answer.Doubles())
            ahead.Enqueue(uniform);
        answer.End();
    }
}
