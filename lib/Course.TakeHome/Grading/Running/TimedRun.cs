using System.Diagnostics;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.Judging;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// One greedy text by the candidate's decoder, by the reference and by the target alone, in turn, many times, all three from
/// outside: each is in a process of its own and asks for every call of a model. Any right decoder makes the same calls; what
/// differs is what it does between them.
/// </summary>
internal static class TimedRun
{
    private const int WarmUps = 5, Rounds = 31, Tokens = 96, DraftLength = 4;

    /// <param name="candidate">The candidate's process.</param>
    /// <param name="yardsticks">That of the reference.</param>
    public static TimedDecoders Of(JudgeSide candidate, JudgeSide yardsticks)
    {
        ISpeculativeDecoder[] decoders = [
            (ISpeculativeDecoder)candidate.AnswerTo("loop"), (ISpeculativeDecoder)yardsticks.AnswerTo("loop"),
            (ISpeculativeDecoder)yardsticks.AnswerTo("alone")
        ];
        var (target, draft) = Pair();
        double[][] seconds = [new double[Rounds], new double[Rounds], new double[Rounds]];
        for (var round = -WarmUps; round < Rounds; round++)
            for (var i = 0; i < decoders.Length; i++)
                seconds[i][Math.Max(0, round)] = Seconds(decoders[i], target, draft);
        return new(Tokens, seconds[0], seconds[1], seconds[2], Calls(decoders[0], target, draft), Calls(decoders[1], target, draft));
    }

    /// <summary>A draft that is wrong at every fifth place, and costs a tenth.</summary>
    private static (WeighedModel Target, WeighedModel Draft) Pair()
    {
        var table = TableModel.Arbitrary(16, seed: 96);
        var guesses = new TableModel(16,
            sequence => Array.ConvertAll(table.Logits(sequence), logit => sequence.Count % 5 == 4 ? -logit : logit));
        return (new(table, weights: 400_000), new(guesses, weights: 40_000));
    }

    private static double Seconds(ISpeculativeDecoder decoder, WeighedModel target, WeighedModel draft)
    {
        var start = Stopwatch.GetTimestamp();
        decoder.Decode(target, draft, [1], Request, new SeededRandomness(1));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static int Calls(ISpeculativeDecoder decoder, WeighedModel target, WeighedModel draft)
    {
        var before = target.Calls;
        decoder.Decode(target, draft, [1], Request, new SeededRandomness(1));
        return target.Calls - before;
    }

    private static DecodingRequest Request => new(DraftLength, Tokens, Softmax.Greedy);
}

/// <summary>Seconds of one text, in the order in which they were taken: equal places were timed one after the other.</summary>
/// <param name="Tokens">Of the text.</param>
/// <param name="Candidate">The candidate's decoder.</param>
/// <param name="Reference">The reference.</param>
/// <param name="Alone">The target by itself, one token a call.</param>
/// <param name="CandidateCalls">Calls of the target.</param>
/// <param name="ReferenceCalls">Calls of the target.</param>
public sealed record TimedDecoders(
    int Tokens, IReadOnlyList<double> Candidate, IReadOnlyList<double> Reference, IReadOnlyList<double> Alone, int CandidateCalls,
    int ReferenceCalls);
