using System.Text.Json;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>
/// Everything that a speculative run did, round by round, and what follows from it. The cost of rejected tokens is in all of it.
/// </summary>
public sealed record SpeculationTrace(IReadOnlyList<SpeculationStep> Steps)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public int Drafted => Steps.Sum(step => step.Drafted);

    public int Accepted => Steps.Sum(step => step.Accepted);

    public int Emitted => Steps.Sum(step => step.Emitted);

    /// <summary>
    /// Draft tokens that the rule decided on: those accepted, and the one of each round whose rejection ended it. What lies behind was not
    /// looked at.
    /// </summary>
    public int Judged => Steps.Sum(step => step.Judged);

    /// <summary>
    /// α: accepted of those judged; of all drafted it would fall with γ, though the draft were as good. Null when nothing was drafted.
    /// </summary>
    public double? AcceptanceRate => Judged > 0 ? (double)Accepted / Judged : null;

    /// <summary>Tokens emitted per round, which is per verification. Null without rounds.</summary>
    public double? TokensPerRound => Steps.Count > 0 ? (double)Emitted / Steps.Count : null;

    /// <summary>All that the drafter's model was asked for.</summary>
    public ModelUsage Draft => Steps.Aggregate(default(ModelUsage), (sum, step) => sum + step.Draft);

    /// <summary>All that the target was asked for, the prompt included.</summary>
    public ModelUsage Target => Steps.Aggregate(default(ModelUsage), (sum, step) => sum + step.Target);

    /// <summary>Operations and bytes of both models.</summary>
    public ForwardCost Cost => Draft.Cost + Target.Cost;

    public TimeSpan Time => Sum(step => step.Time);

    /// <summary>The share of the time that went into neither model: distributions, acceptance, bookkeeping. Null without rounds.</summary>
    public double? Overhead => Time > TimeSpan.Zero ? 1 - ((Sum(step => step.DraftTime) + Sum(step => step.TargetTime)) / Time) : null;

    /// <summary>How each emitted token came, in order.</summary>
    public IReadOnlyList<TokenOrigin> Origins => [.. Steps.SelectMany(step => Enumerable.Range(0, step.Emitted).Select(step.OriginOf))];

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    private TimeSpan Sum(Func<SpeculationStep, TimeSpan> part) => new(Steps.Sum(step => part(step).Ticks));
}
