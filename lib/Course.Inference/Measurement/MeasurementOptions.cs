namespace Course.Inference.Measurement;

/// <summary>How often to measure.</summary>
public sealed record MeasurementOptions
{
    /// <summary>Calls whose time is thrown away first: they pay for compilation, allocation and cold caches.</summary>
    public int WarmUps { get; init; } = 3;

    /// <summary>Calls, or rounds of calls when things are compared, whose time is kept. A verdict needs at least 6.</summary>
    public int SampleCount { get; init; } = 20;

    /// <summary>Few enough samples for a quick look, enough for a verdict.</summary>
    public static MeasurementOptions Quick { get; } = new() { WarmUps = 1, SampleCount = 6 };

    /// <summary>What <see cref="Effort"/> asks for.</summary>
    public static MeasurementOptions Current => Effort.Choose(new MeasurementOptions(), Quick);

    /// <exception cref="CourseException"/>
    public MeasurementOptions Validated() => WarmUps >= 0 && SampleCount >= 1
        ? this
        : throw new CourseException($"A measurement needs at least one sample and no negative warm-up; got {SampleCount} and {WarmUps}.");
}
