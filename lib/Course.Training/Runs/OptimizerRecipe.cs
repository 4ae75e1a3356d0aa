namespace Course.Training.Runs;

/// <summary>
/// The learning rates and the weight decay of a run. Matrices in the layers use Muon; embedding, head and norms use AdamW.
/// </summary>
public sealed record OptimizerRecipe
{
    /// <summary>Whether matrices in the layers use Muon; otherwise AdamW updates everything.</summary>
    public bool Muon { get; init; } = true;

    public double MuonRate { get; init; } = 0.02;

    public double AdamRate { get; init; } = 3e-3;

    public double Decay { get; init; } = 0.1;

    public int WarmUp { get; init; } = 100;

    /// <summary>The share of the steps, at the end, in which the rate falls to zero.</summary>
    public double DescentShare { get; init; } = 0.4;

    /// <summary>The maximum norm of the gradient over all parameters.</summary>
    public double ClipNorm { get; init; } = 1;

    public OptimizerRecipe WithRatesTimes(double factor) => this with { MuonRate = MuonRate * factor, AdamRate = AdamRate * factor };
}
