using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

internal sealed class RejectionHiddenChecks : CheckSuite<IRejectionSampling>
{
    public override string Exercise => "rejection";

    public override IReadOnlyList<Check> Checks { get; } = [];
}
