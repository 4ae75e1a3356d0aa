using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Speculation;

namespace Course.Benchmarks.Speculation;

/// <summary>
/// What calls cost as they occur in runs: each model behind the other, which has pushed its weights out of the nearest caches, at the cached lengths that
/// occur, drawing and bookkeeping included. The same calls in a loop of their own are up to half as dear, and predict too much.
/// </summary>
internal static class SpeculateCosts
{
    private const int Fewest = 3; // rounds of a kind in a sample, for their mean to count

    /// <param name="plain">Runs of cached decoding.</param>
    /// <param name="speculative">Runs of all settings: what a verification costs does not depend on who drafted.</param>
    /// <param name="drafter">Runs of the settings of one drafter.</param>
    public static SpeculationCosts Of(
        IEnumerable<IReadOnlyList<DecodingRun>> plain, IEnumerable<IReadOnlyList<DecodingRun>> speculative, IEnumerable<IReadOnlyList<DecodingRun>> drafter)
    {
        var verifications = speculative.SelectMany(Verifications).GroupBy(kind => kind.Tokens, kind => kind.Seconds)
            .Select(kind => (kind.Key, new Samples(kind).Median));
        var draft = drafter.Select(Drafts).Where(seconds => seconds > 0).ToArray();
        return new(
            new([(1, new Samples(plain.Select(Pace)).Median), .. verifications]),
            draft.Length > 0 ? new([(1, new Samples(draft).Median)]) : CallTimes.None);
    }

    /// <summary>Seconds a token behind the first round of each text: both ways read the prompt there.</summary>
    public static double Pace(IReadOnlyList<DecodingRun> runs)
    {
        var (seconds, tokens) = (0.0, 0);
        foreach (var run in runs)
        {
            var first = run is SpeculativeRun speculative ? speculative.Trace.Steps[0].Emitted : 1;
            seconds += (run.Tokens[^1].At - run.Tokens[first - 1].At).TotalSeconds;
            tokens += run.Tokens.Count - first;
        }
        return seconds / tokens;
    }

    /// <summary>All rounds but each text's first.</summary>
    public static SpeculationTrace Rounds(IEnumerable<DecodingRun> runs) =>
        new([.. runs.OfType<SpeculativeRun>().SelectMany(run => run.Trace.Steps.Skip(1))]);

    private static IEnumerable<(int Tokens, double Seconds)> Verifications(IReadOnlyList<DecodingRun> runs) =>
        from step in Rounds(runs).Steps
        where step.Drafted > 0
        group (step.Time - step.DraftTime).TotalSeconds by step.Drafted + 1 into kind
        where kind.Count() >= Fewest
        select (kind.Key, kind.Average());

    /// <summary>Seconds for each drafted token.</summary>
    private static double Drafts(IReadOnlyList<DecodingRun> runs)
    {
        var trace = Rounds(runs);
        return trace.Drafted > 0 ? trace.Steps.Sum(step => step.DraftTime.TotalSeconds) / trace.Drafted : 0;
    }
}
