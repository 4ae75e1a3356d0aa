namespace Course.Training.Runs;

/// <summary>Rates and decay of a run. Matrices of the layers follow Muon; embedding, head and norms follow AdamW.</summary>
public sealed record OptimizerRecipe
{
    /// <summary>False: AdamW for everything.</summary>
    public bool Muon { get; init; } = true;

    public double MuonRate { get; init; } = 0.02;

    public double AdamRate { get; init; } = 3e-3;

    public double Decay { get; init; } = 0.1;

    public int WarmUp { get; init; } = 100;

    /// <summary>The share of the steps, at the end, over which the rate falls to zero.</summary>
    public double DescentShare { get; init; } = 0.4;

    /// <summary>The gradient's norm, over all parameters, is at most this.</summary>
    public double ClipNorm { get; init; } = 1;

    public OptimizerRecipe WithRatesTimes(double factor) => this with { MuonRate = MuonRate * factor, AdamRate = AdamRate * factor };
}
