using Course.Charts;
using Course.Inference.Measurement;
using Course.Inference.Speculation;

namespace Course.Inference.Charts;

/// <summary>What a speculative run did, as a chart.</summary>
public static class SpeculationCharts
{
    /// <summary>
    /// A bar for each round: draft tokens that stood, the target's own token, and above them what was drafted for nothing.
    /// </summary>
    public static Figure Rounds(string title, SpeculationTrace trace, Provenance provenance)
    {
        double[] rounds = [.. trace.Steps.Select((_, round) => round + 1.0)];
        Bars Tokens(string name, int color, Func<SpeculationStep, int> count) =>
            new(name, rounds, [.. trace.Steps.Select(step => (double)count(step))]) { Color = HouseStyle.ColorOf(color) };
        return new(
            title,
            provenance.ToString(),
            [
                Tokens("accepted", 2, step => Math.Min(step.Accepted, step.Emitted)),
                Tokens("the target's own", 0, step => Math.Max(0, step.Emitted - step.Accepted)),
                Tokens("drafted for nothing", 1, step => step.Drafted - step.Accepted),
            ],
            new Axis("round"),
            new Axis("tokens"))
        {
            Stacked = true,
        };
    }

    /// <summary>
    /// What each model's cache held, took in and gave back in the first rounds, in places of the text: the draft goes ahead, both go back
    /// behind the last token that stood. A draft that stood whole is the odd case: its last token was never fed to the draft's own cache.
    /// </summary>
    /// <param name="title">What the chart says.</param>
    /// <param name="trace">A run of a drafter that has a model.</param>
    /// <param name="promptLength">Tokens of the run's prompt.</param>
    /// <param name="provenance">Where the run was.</param>
    /// <param name="rounds">How many rounds to show.</param>
    public static Figure Caches(string title, SpeculationTrace trace, int promptLength, Provenance provenance, int rounds = 6) =>
        CacheChart.Draw(title, trace, promptLength, provenance, rounds);
}
