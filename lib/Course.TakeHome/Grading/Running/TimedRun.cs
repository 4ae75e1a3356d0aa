using System.Diagnostics;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.Judging;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// Times one greedy text by the candidate's decoder, by the reference and by the target alone, interleaved, many times. All three run in
/// processes of their own and ask this process for every call of a model. Correct decoders make about the same calls; they differ in the
/// work between them.
/// </summary>
internal static class TimedRun
{
    private const int WarmUps = 5, Rounds = 31, Tokens = 96, DraftLength = 4;

    /// <summary>Times the three decoders.</summary>
    /// <param name="candidate">The candidate's process.</param>
    /// <param name="yardsticks">The process of the reference and of the target alone.</param>
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

    /// <summary>A target, and a draft that is wrong at every fifth position and costs a tenth of the target.</summary>
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

/// <summary>Times of one text, in seconds. Times with the same index were measured one after the other.</summary>
/// <param name="Tokens">The number of tokens of the text.</param>
/// <param name="Candidate">The times of the candidate's decoder.</param>
/// <param name="Reference">The times of the reference.</param>
/// <param name="Alone">The times of the target alone, with one token per call.</param>
/// <param name="CandidateCalls">The candidate's calls of the target.</param>
/// <param name="ReferenceCalls">The reference's calls of the target.</param>
public sealed record TimedDecoders(
    int Tokens, IReadOnlyList<double> Candidate, IReadOnlyList<double> Reference, IReadOnlyList<double> Alone, int CandidateCalls,
    int ReferenceCalls);
