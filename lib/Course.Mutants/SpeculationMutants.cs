using Course.Mutants.Planted;

namespace Course.Mutants;

/// <summary>Every planted bug of speculative decoding.</summary>
public static class SpeculationMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        .. AcceptanceMutants.All, .. ResidualMutants.All, .. BonusMutants.All, .. DraftingMutants.All, .. CacheMutants.All,
        .. StoppingMutants.All, .. SamplingMutants.All, .. BatchingMutants.All, .. TreeMutants.All, .. MeasurementMutants.All,
    ];
}
