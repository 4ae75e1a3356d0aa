namespace Course.Inference.Speculation;

/// <summary>Everything that a speculative run did, round by round.</summary>
public sealed record SpeculationTrace(IReadOnlyList<SpeculationStep> Steps)
{
    /// <param name="record">The rounds, each as if all of its tokens had been taken.</param>
    /// <param name="emitted">How many tokens the run took: it may have ended inside the last round.</param>
    internal static SpeculationTrace Of(IReadOnlyList<SpeculationStep> record, int emitted)
    {
        var steps = new List<SpeculationStep>();
        foreach (var step in record)
        {
            var taken = Math.Min(step.Emitted, emitted);
            steps.Add(step with { Emitted = taken });
            emitted -= taken;
        }
        return new(steps);
    }
}
