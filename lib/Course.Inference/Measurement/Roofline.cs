namespace Course.Inference.Measurement;

/// <summary>
/// The best performance a machine can reach on a computation, as a function of the computation's FLOPs per byte moved (Williams, Waterman
/// and Patterson 2009): either arithmetic or memory bandwidth is the limit.
/// </summary>
/// <param name="FlopsPerSecond">The flat roof: peak arithmetic.</param>
/// <param name="BytesPerSecond">The slope of the rising roof: peak read bandwidth.</param>
public readonly record struct Roofline(double FlopsPerSecond, double BytesPerSecond)
{
    /// <summary>The intensity, in FLOP per byte, at which the roofs meet. Below it memory is the limit, above it arithmetic.</summary>
    public double Ridge => FlopsPerSecond / BytesPerSecond;

    /// <summary>FLOP/s that a computation of this intensity (FLOP per byte) can reach: min(peak, bandwidth · intensity).</summary>
    public double Attainable(double intensity) => Math.Min(FlopsPerSecond, BytesPerSecond * intensity);

    /// <summary>The fewest seconds that a computation of this size can take on this machine.</summary>
    public double LeastSeconds(double flops, double bytes) => Math.Max(flops / FlopsPerSecond, bytes / BytesPerSecond);

    public bool IsMemoryBound(double intensity) => intensity < Ridge;
}
