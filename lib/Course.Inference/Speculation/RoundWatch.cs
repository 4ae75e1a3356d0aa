using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>Time and model calls of one round, as differences.</summary>
internal struct RoundWatch(TimeProvider time, MeteredModel target, IDrafting drafting)
{
    private readonly long start = time.GetTimestamp();
    private readonly ModelUsage targetBefore = target.Usage, draftBefore = drafting.Usage;
    private long prefilled, drafted, verified;

    public void Prefilled() => prefilled = time.GetTimestamp();

    public void Drafted() => drafted = time.GetTimestamp();

    public void Verified() => verified = time.GetTimestamp();

    public readonly SpeculationStep Step(int asked, int count, int accepted) => new(
        asked, count, accepted, Emitted: accepted + 1, drafting.Usage - draftBefore, target.Usage - targetBefore,
        time.GetElapsedTime(prefilled, drafted), time.GetElapsedTime(start, prefilled) + time.GetElapsedTime(drafted, verified), time.GetElapsedTime(start));
}
