namespace Course.Inference.Speculation;

/// <summary>
/// What speculation should gain, from three measured numbers: α, the chance that a draft token is accepted, taken as the same at every place
/// and independent; c, the time of one draft step over one target step; and V(M)/V(1), the time of verifying M tokens in one pass over that of one.
/// </summary>
/// <param name="Acceptance">α, between 0 and 1.</param>
/// <param name="DraftCost">c, at least 0.</param>
/// <param name="VerificationCost">M → V(M)/V(1).</param>
public sealed record SpeedupLaw(double Acceptance, double DraftCost, Func<int, double> VerificationCost)
{
    /// <summary>Verification for the price of one step, whatever is verified: Leviathan et al.'s assumption, and the best case.</summary>
    public static SpeedupLaw FlatVerification(double acceptance, double draftCost) => new(acceptance, draftCost, _ => 1);

    /// <summary>Verification that grows by a share of a step with every token more.</summary>
    public static SpeedupLaw LinearVerification(double acceptance, double draftCost, double growth) => new(acceptance, draftCost, M => 1 + (growth * (M - 1)));

    /// <summary>E[tokens per round] = 1 + α + … + α^γ = (1 − α^{γ+1}) / (1 − α) (Leviathan et al. 2023, equation 1).</summary>
    public static double TokensPerRound(double acceptance, int draftLength) =>
        Enumerable.Range(0, draftLength + 1).Sum(accepted => Math.Pow(acceptance, accepted));

    /// <summary>
    /// Tokens per round over what a round costs in steps of the target: γ·c for the draft and V(γ + 1)/V(1) for the verification.
    /// With V flat it is theorem 3.8 of Leviathan et al., (1 − α^{γ+1}) / ((1 − α)(γc + 1)).
    /// </summary>
    public double Speedup(int draftLength) =>
        TokensPerRound(Acceptance, draftLength) / ((draftLength * DraftCost) + VerificationCost(draftLength + 1));

    /// <summary>
    /// Operations over those of plain decoding, (1 − α)(γĉ + γ + 1) / (1 − α^{γ+1}) with ĉ the draft's operations over the target's
    /// (theorem 3.11): always above what it saves in time, because rejected tokens are computed too.
    /// </summary>
    public static double Operations(double acceptance, double draftOperations, int draftLength) =>
        ((draftLength * draftOperations) + draftLength + 1) / TokensPerRound(acceptance, draftLength);

    /// <summary>The γ of the greatest speed-up up to a limit; 0, plain decoding, where no draft pays.</summary>
    public int BestDraftLength(int most = 32) => Enumerable.Range(0, most + 1).MaxBy(Speedup);
}
