using Course.Inference.Speculation;

namespace Course.Mutants;

/// <summary>The figures that one quotes of a speculative run.</summary>
/// <param name="AcceptanceRate">α.</param>
/// <param name="TokensPerRound">Emitted tokens over verifications.</param>
/// <param name="Flops">Operations of both models, rejected work included.</param>
/// <param name="Bytes">Bytes that both models moved.</param>
/// <param name="SecondsPerToken">From the beginning of the run to its last token, over its tokens.</param>
public readonly record struct RunFigures(double AcceptanceRate, double TokensPerRound, double Flops, double Bytes, double SecondsPerToken)
{
    public static RunFigures Of(SpeculationTrace trace) => new(
        trace.AcceptanceRate ?? 0, trace.TokensPerRound ?? 0, trace.Cost.Flops, trace.Cost.Bytes, trace.Time.TotalSeconds / Math.Max(1, trace.Emitted));
}
