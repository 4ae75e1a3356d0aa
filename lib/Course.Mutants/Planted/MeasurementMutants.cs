namespace Course.Mutants.Planted;

/// <summary>Right text, wrong figures.</summary>
internal static class MeasurementMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("accepted-over-drafted", Area.Measurement,
            "Divides accepted tokens by all drafted ones, also those behind a rejection that nobody looked at.",
            "The acceptance rate falls with γ, though the draft is the same.",
            "Both counts are at hand.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { AcceptanceRate = (double)trace.Accepted / trace.Drafted } }),
        new("bonus-counts-as-accepted", Area.Measurement,
            "Counts the target's own token as an accepted one.",
            "An acceptance rate that no draft has.",
            "It was emitted, so it was accepted.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { AcceptanceRate = (double)trace.Emitted / (trace.Drafted + trace.Steps.Count) } }),
        new("draft-left-out-of-the-operations", Area.Measurement,
            "Counts the target's operations only.",
            "Speculation seems to be almost free.",
            "The profiler is attached to the target.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { Flops = trace.Target.Cost.Flops } }),
        new("rejected-work-left-out", Area.Measurement,
            "Counts operations for emitted tokens and not for rejected ones.",
            "Speculation seems to need no more operations than plain decoding.",
            "Operations per token, times tokens.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { Flops = trace.Emitted * trace.Target.Cost.Flops / trace.Target.Tokens } }),
        new("bandwidth-from-emitted-tokens", Area.Measurement,
            "Takes the weights' bytes once for each emitted token.",
            "A bandwidth above what the memory can do.",
            "In plain decoding a token is a call.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { Bytes = trace.Emitted * trace.Target.Cost.Bytes / trace.Target.Calls } }),
        new("one-interval-fewer", Area.Measurement,
            "Divides by the intervals between tokens, which are one fewer, though the clock ran from the beginning.",
            "Short runs look slow; another tool counts the other way and looks fast.",
            "n − 1 is right for intervals.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { SecondsPerToken = trace.Time.TotalSeconds / (trace.Emitted - 1) } }),
        new("verification-alone-is-timed", Area.Measurement,
            "Leaves the time of drafting and accepting out.",
            "A speed-up that users do not feel.",
            "The clock sits around the target's call.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { SecondsPerToken = trace.Steps.Sum(step => step.TargetTime.TotalSeconds) / trace.Emitted } }),
        new("tokens-per-accepted-round", Area.Measurement,
            "Averages tokens over rounds in which something was accepted.",
            "Tokens per round never fall below two.",
            "Rounds without a hit look like warm-up.",
            subject => subject with { Measure = trace => RunFigures.Of(trace) with { TokensPerRound = (double)trace.Emitted / trace.Steps.Count(step => step.Accepted > 0) } }),
    ];
}
