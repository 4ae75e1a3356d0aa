using System.Diagnostics;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner;

/// <summary>
/// One greedy text by the candidate's decoder, by the reference and by the target alone, in turn, many times. Any right decoder makes the same
/// calls; what differs is what it does between them.
/// </summary>
internal static class TimedRun
{
    private const int WarmUps = 5, Rounds = 41, Tries = 3, Tokens = 96, DraftLength = 4;

    public static TimedDecoders Of(RunnerRequest request)
    {
        var candidate = (ISpeculativeDecoder)new LateAdapter(request.Assembly).AnswerTo(request.Exercise);
        var reference = Decoders.In(request.Decoders).Single(decoder => decoder.Name == Decoders.Reference).New();
        var (target, draft) = Pair();
        Func<double>[] contestants = [() => Seconds(candidate, target, draft), () => Seconds(reference, target, draft), () => Seconds(new Plain(), target, draft)];
        double[][] seconds = [new double[Rounds], new double[Rounds], new double[Rounds]];
        for (var round = -WarmUps; round < Rounds; round++)
            for (var i = 0; i < contestants.Length; i++)
                seconds[i][Math.Max(0, round)] = contestants[i]();
        return new(Tokens, seconds[0], seconds[1], seconds[2], Calls(candidate, target, draft), Calls(reference, target, draft));
    }

    /// <summary>A draft that is wrong at every fifth place, and costs a tenth.</summary>
    private static (WeighedModel Target, WeighedModel Draft) Pair()
    {
        var table = TableModel.Arbitrary(16, seed: 96);
        var guesses = new TableModel(16, sequence => Array.ConvertAll(table.Logits(sequence), logit => sequence.Count % 5 == 4 ? -logit : logit));
        return (new(table, weights: 400_000), new(guesses, weights: 40_000));
    }

    /// <summary>The best of a few: whatever else the machine does only ever adds.</summary>
    private static double Seconds(ISpeculativeDecoder decoder, WeighedModel target, WeighedModel draft) => Enumerable.Range(0, Tries).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        decoder.Decode(target, draft, [1], Request, new SeededRandomness(1));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    });

    private static int Calls(ISpeculativeDecoder decoder, WeighedModel target, WeighedModel draft)
    {
        var before = target.Calls;
        decoder.Decode(target, draft, [1], Request, new SeededRandomness(1));
        return target.Calls - before;
    }

    private static DecodingRequest Request => new(DraftLength, Tokens, Softmax.Greedy);

    private sealed class Plain : ISpeculativeDecoder
    {
        public IReadOnlyList<int> Decode(ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
        {
            List<int> text = [.. prompt];
            for (var cache = target.CreateCache(); text.Count < prompt.Count + request.MaxTokens;)
                text.Add(randomness.Draw(request.Distribution(target.Forward(text[cache.Length..], cache)[^1])));
            return text[prompt.Count..];
        }
    }
}
