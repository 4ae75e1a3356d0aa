using Course.Inference.Measurement;

namespace Course.Inference.Charts;

/// <summary>The performance of a computation, for a roofline chart.</summary>
/// <param name="Name">The computation's name.</param>
/// <param name="Intensity">Arithmetic intensity in FLOP per byte.</param>
/// <param name="FlopsPerSecond">FLOP/s that the computation reached.</param>
public readonly record struct RooflinePoint(string Name, double Intensity, double FlopsPerSecond)
{
    /// <summary>The point of a timed call.</summary>
    /// <param name="timing">The times of one call; its name labels the point.</param>
    /// <param name="flops">FLOPs of one call.</param>
    /// <param name="bytes">Bytes that one call moves.</param>
    public static RooflinePoint Of(Timing timing, double flops, double bytes) => new(timing.Name, flops / bytes, timing.Rate(flops));
}
