namespace Course.Inference.Tests.Measurement;

/// <summary>A clock that advances only when a test tells it to.</summary>
internal sealed class ScriptedClock : TimeProvider
{
    private long now;

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => now;

    public override DateTimeOffset GetUtcNow() => new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public void Pass(double seconds) => now += (long)Math.Round(seconds * TimestampFrequency);
}
