namespace Course.Inference.Measurement;

/// <summary>How often to measure.</summary>
public sealed record MeasurementOptions
{
    /// <summary>Calls at the beginning whose time is discarded: they pay for compilation, allocation and cold caches.</summary>
    public int WarmUps { get; init; } = 3;

    /// <summary>Calls whose time is kept, for each of the things that are compared. A comparison needs at least 6.</summary>
    public int SampleCount { get; init; } = 20;

    /// <summary>The fewest samples that still allow a comparison, for a quick look.</summary>
    public static MeasurementOptions Quick { get; } = new() { WarmUps = 1, SampleCount = 6 };

    /// <summary>The options of this process: <see cref="Quick"/> if <see cref="Effort"/> says so, else the defaults.</summary>
    public static MeasurementOptions Current => Effort.Choose(new MeasurementOptions(), Quick);

    /// <summary>Returns these options after checking them.</summary>
    /// <exception cref="CourseException">There is no sample, or a negative number of warm-up calls.</exception>
    public MeasurementOptions Validated() => WarmUps >= 0 && SampleCount >= 1
        ? this
        : throw new CourseException($"A measurement needs at least one sample and no negative warm-up; got {SampleCount} and {WarmUps}.");
}
