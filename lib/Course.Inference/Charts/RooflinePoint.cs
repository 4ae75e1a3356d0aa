using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>Where a computation stands under the roofs.</summary>
/// <param name="Name">Which.</param>
/// <param name="Intensity">FLOP per byte.</param>
/// <param name="FlopsPerSecond">Reached.</param>
public readonly record struct RooflinePoint(string Name, double Intensity, double FlopsPerSecond)
{
    /// <param name="timing">How long one call took; its name labels the point.</param>
    /// <param name="flops">Operations of one call.</param>
    /// <param name="bytes">Bytes that one call moves.</param>
    public static RooflinePoint Of(Timing timing, double flops, double bytes) => new(timing.Name, flops / bytes, timing.Rate(flops));
}
