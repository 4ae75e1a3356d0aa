using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Judging;

/// <summary>An answer to "rejection" in the candidate's process.</summary>
internal sealed class RemoteRejection(JudgeSide judge, int handle) : IRejectionSampling
{
    private const int LargestVocabulary = 100_000;

    public double[] Distribution(IReadOnlyList<float> logits)
    {
        var answer = judge.Ask(Verb.Distribution, question => question.Int(handle).Floats(logits));
        var probabilities = answer.Doubles(LargestVocabulary);
        answer.End();
        foreach (var (token, share) in probabilities.Index())
            Demand.That(share is >= 0 and <= 1 + Probabilities.SumTolerance,
                $"Distribution gives token {token} {share:R}; a probability lies between 0 and 1.");
        return probabilities;
    }

    public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness)
    {
        var answer = new Lent([], null, randomness).Ask(judge.Wire,
            question => question.Byte((byte)Verb.Settle).Int(handle).Doubles(target).Doubles(draft).Int(guess));
        var settled = new Settled(answer.Int(), answer.Bool());
        WriteBack(target, answer.Doubles(target.Count));
        WriteBack(draft, answer.Doubles(draft.Count));
        answer.End();
        Demand.That(settled.Token >= 0 && settled.Token < target.Count,
            $"Token {settled.Token} was emitted; the vocabulary goes from 0 to {target.Count - 1}.");
        return settled;
    }

    /// <summary>
    /// Copies changes of the arrays back, as if the answer were in this process. Checks pass copies, except for the one that tests this.
    /// </summary>
    private static void WriteBack(IReadOnlyList<double> given, double[] after)
    {
        if (given is double[] array && after.Length == array.Length)
            after.CopyTo(array, 0);
    }
}
