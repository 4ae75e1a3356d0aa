using Course.Charts;
using Course.Inference.Measurement;
using Course.Inference.Speculation;

namespace Course.Inference.Charts;

/// <summary>Charts of a speculative run.</summary>
public static class SpeculationCharts
{
    /// <summary>
    /// One bar per speculation step: accepted draft tokens, the target's own token, and above them the draft tokens that were not used.
    /// </summary>
    public static Figure Steps(string title, SpeculationTrace trace, Provenance provenance)
    {
        double[] steps = [.. trace.Steps.Select((_, index) => index + 1.0)];
        Bars Tokens(string name, int color, Func<SpeculationStep, int> count) =>
            new(name, steps, [.. trace.Steps.Select(step => (double)count(step))]) { Color = HouseStyle.ColorOf(color) };
        return new(
            title,
            provenance.ToString(),
            [
                Tokens("accepted", 2, step => Math.Min(step.Accepted, step.Emitted)),
                Tokens("the target's own", 0, step => Math.Max(0, step.Emitted - step.Accepted)),
                Tokens("drafted, not accepted", 1, step => step.Drafted - step.Accepted),
            ],
            new Axis("speculation step"),
            new Axis("tokens"))
        {
            Stacked = true,
        };
    }

    /// <summary>
    /// How many tokens each model's cache held, appended and rolled back in the first steps: the draft runs ahead, and both caches are
    /// rolled back to the last accepted token. If the whole draft is accepted, its last token was never fed to the draft model, so the
    /// draft's cache is one token shorter.
    /// </summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="trace">A run of a drafter that has a model.</param>
    /// <param name="promptLength">Number of tokens in the run's prompt.</param>
    /// <param name="provenance">Where the figures come from.</param>
    /// <param name="steps">The number of speculation steps to show.</param>
    public static Figure Caches(string title, SpeculationTrace trace, int promptLength, Provenance provenance, int steps = 6) =>
        CacheChart.Draw(title, trace, promptLength, provenance, steps);
}
