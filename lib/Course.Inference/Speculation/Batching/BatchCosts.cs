using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>
/// What rounds cost at several batch sizes, taken from rounds as they occur: each model behind the other, ragged rows, drawing and
/// bookkeeping included.
/// Calls timed in loops of their own flatter whichever way has more of what is left out.
/// </summary>
public sealed class BatchCosts : IRoundCosts
{
    private readonly (int Rows, SpeculationCosts Costs)[] sizes;

    /// <param name="sizes">For each batch size the target's times by tokens of a row, and the draft's of a step.</param>
    /// <exception cref="CourseException">There are none.</exception>
    public BatchCosts(IEnumerable<(int Rows, SpeculationCosts Costs)> sizes)
    {
        this.sizes = [.. sizes.OrderBy(size => size.Rows)];
        if (this.sizes.Length == 0)
            throw new CourseException("Costs of batches need at least one batch size that was measured.");
    }

    /// <summary>The batch sizes that were measured.</summary>
    public IReadOnlyList<(int Rows, SpeculationCosts Costs)> Sizes => sizes;

    /// <summary>
    /// From rounds that happened, turn by turn: what is compared with plain rounds is compared with those of the same turn, and the median
    /// turn counts.
    /// A machine that is twice as slow for a while is then slow for both. Rounds count in which every row drafted alike; a size without
    /// plain rounds says nothing.
    /// </summary>
    /// <param name="turns">Rounds that happened close together.</param>
    public static BatchCosts Of(IEnumerable<IEnumerable<DecodingStep>> turns) => new(
        from turn in turns
        from size in turn.Where(step => step.Drafted % step.Sequences.Count == 0).GroupBy(step => step.Sequences.Count)
        where size.Any(step => step.Drafted == 0)
        group OfTurn([.. size]) by size.Key into size
        select (size.Key, Median([.. size])));

    /// <summary>Writes behind the prompts with every batch size and every γ in turn, and keeps what the rounds took.</summary>
    /// <param name="target">The model whose law is emitted.</param>
    /// <param name="drafter">Guesses for it.</param>
    /// <param name="prompts">Rows begin behind them, again from the first where there are more rows.</param>
    /// <param name="sizes">Batch sizes.</param>
    /// <param name="lengths">γ; 0, a plain round, is always among them.</param>
    /// <param name="options">How to draw, and how many tokens each time.</param>
    /// <param name="turns">How often; many short turns bear a restless machine better than few long ones.</param>
    public static BatchCosts Measure(
        ILanguageModel target, IDrafter drafter, IReadOnlyList<int[]> prompts, IReadOnlyList<int> sizes, IReadOnlyList<int> lengths, DecodingOptions options, int turns)
    {
        var rounds = Enumerable.Range(0, turns + 1).Select(_ => new List<DecodingStep>()).ToArray();
        foreach (var turn in rounds)
            foreach (var rows in sizes)
                foreach (var γ in lengths.Append(0).Distinct())
                {
                    var run = new SpeculativeDecoder(target, drafter, new() { DraftLength = γ }).Decode(
                        [.. Enumerable.Range(0, rows).Select(row => new SequenceRequest(prompts[row % prompts.Count], options, new SeededRandomness((ulong)row)))]).ToEnd();
                    turn.AddRange(run.Steps.Skip(1).Where(step => step.Sequences.Count == rows && step.Drafted == γ * rows)); // the first one reads the prompts
                }
        return Of(rounds.Skip(1)); // the first turn warms up
    }

    /// <summary>Between two measured sizes in proportion; beyond them as at the nearest.</summary>
    public SpeedupLaw Law(double acceptance, int rows = 1)
    {
        var above = sizes.FirstOrDefault(size => size.Rows >= rows, sizes[^1]);
        var below = sizes.LastOrDefault(size => size.Rows <= rows, sizes[0]);
        var share = above.Rows > below.Rows ? (double)(rows - below.Rows) / (above.Rows - below.Rows) : 0;
        double Between(Func<SpeculationCosts, double> cost) => double.Lerp(cost(below.Costs), cost(above.Costs), share);
        return new(acceptance, Between(costs => costs.DraftCost()), M => Between(costs => costs.VerificationCost(M)));
    }

    private static SpeculationCosts OfTurn(DecodingStep[] steps)
    {
        var drafting = steps.Where(step => step.Drafted > 0).Select(step => step.DraftTime.TotalSeconds * step.Sequences.Count / step.Drafted).Where(seconds => seconds > 0).ToArray();
        var verifying = steps.GroupBy(step => step.Drafted / step.Sequences.Count, step => (step.Time - step.DraftTime).TotalSeconds);
        return new(
            new(verifying.Select(kind => (kind.Key + 1, new Samples(kind).Median))),
            drafting.Length > 0 ? new([(1, new Samples(drafting).Median)]) : CallTimes.None);
    }

    private static SpeculationCosts Median(SpeculationCosts[] turns)
    {
        var plain = new Samples(turns.Select(turn => turn.Target.At(1))).Median;
        var lengths = turns.SelectMany(turn => turn.Target.Points.Select(point => (point.Tokens, Cost: turn.VerificationCost(point.Tokens)))).GroupBy(cost => cost.Tokens, cost => cost.Cost);
        var drafting = turns.Where(turn => turn.Draft.Points.Count > 0).Select(turn => turn.DraftCost()).ToArray();
        return new(
            new(lengths.Select(length => (length.Key, plain * new Samples(length).Median))),
            drafting.Length > 0 ? new([(1, plain * new Samples(drafting).Median)]) : CallTimes.None);
    }
}
