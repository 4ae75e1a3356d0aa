using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Measurement;
using Course.Inference.Models;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>
/// What rounds cost at several batch sizes, taken from rounds as they occur: each model behind the other, ragged rows, drawing and bookkeeping included.
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

    /// <summary>From rounds that happened. Those count in which every row of a measured size drafted alike; a size without plain rounds says nothing.</summary>
    public static BatchCosts Of(IEnumerable<BatchSpeculationStep> steps) => new(
        from step in steps
        where step.Drafted % step.Rows == 0
        group step by step.Rows into size
        where size.Any(step => step.Drafted == 0)
        select (size.Key, OfSize(size)));

    /// <summary>Writes behind the prompts with every batch size and every γ in turn, and keeps what the rounds took.</summary>
    /// <param name="target">The model whose law is emitted.</param>
    /// <param name="drafter">Guesses for it.</param>
    /// <param name="prompts">Rows begin behind them, again from the first where there are more rows.</param>
    /// <param name="sizes">Batch sizes.</param>
    /// <param name="lengths">γ; 0, a plain round, is always among them.</param>
    /// <param name="options">How to draw, and how many tokens each time.</param>
    /// <param name="turns">How often.</param>
    public static BatchCosts Measure(
        ILanguageModel target, IBatchDrafter drafter, IReadOnlyList<int[]> prompts, IReadOnlyList<int> sizes, IReadOnlyList<int> lengths, DecodingOptions options, int turns)
    {
        var rounds = new List<BatchSpeculationStep>();
        // The first turn warms up.
        for (var turn = 0; turn <= turns; turn++)
            foreach (var rows in sizes)
                foreach (var γ in lengths.Append(0).Distinct())
                {
                    var run = new BatchSpeculativeDecoder(target, drafter, new() { DraftLength = γ }).Decode(
                        [.. Enumerable.Range(0, rows).Select(row => new BatchRequest(prompts[row % prompts.Count], options, new SeededRandomness((ulong)row)))]);
                    foreach (var _ in run)
                        ;
                    if (turn > 0)
                        rounds.AddRange(run.Steps.Skip(1).Where(step => step.Rows == rows && step.Drafted == γ * rows)); // the first one reads the prompts
                }
        return Of(rounds);
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

    private static SpeculationCosts OfSize(IEnumerable<BatchSpeculationStep> rounds)
    {
        BatchSpeculationStep[] steps = [.. rounds];
        double[] drafting = [.. steps.Where(step => step.Drafted > 0).Select(step => step.DraftDuration.TotalSeconds * step.Rows / step.Drafted)];
        return new(
            new(steps.GroupBy(step => step.Drafted / step.Rows).Select(kind => (kind.Key + 1, new Samples(kind.Select(step => (step.Duration - step.DraftDuration).TotalSeconds)).Median))),
            drafting.Length > 0 && new Samples(drafting).Median is var seconds and > 0 ? new([(1, seconds)]) : CallTimes.None);
    }
}
