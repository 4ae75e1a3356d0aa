namespace Course.TakeHome.Contracts;

/// <summary>What the candidate's own run says of one position.</summary>
internal sealed class RejectionVisibleChecks : CheckSuite<IRejectionSampling>
{
    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } = [];
}
