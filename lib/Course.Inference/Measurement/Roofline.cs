namespace Course.Inference.Measurement;

/// <summary>
/// The most a machine can do with a computation, by how many operations that does per byte it moves
/// (Williams, Waterman and Patterson 2009): either the arithmetic or the memory is the limit.
/// </summary>
/// <param name="FlopsPerSecond">The flat roof: peak arithmetic.</param>
/// <param name="BytesPerSecond">The slope of the rising roof: peak read bandwidth.</param>
public readonly record struct Roofline(double FlopsPerSecond, double BytesPerSecond)
{
    /// <summary>FLOP per byte where the roofs meet. To its left memory is the limit, to its right arithmetic.</summary>
    public double Ridge => FlopsPerSecond / BytesPerSecond;

    /// <summary>FLOP/s that a computation of this intensity (FLOP per byte) can reach: min(peak, bandwidth · intensity).</summary>
    public double Attainable(double intensity) => Math.Min(FlopsPerSecond, BytesPerSecond * intensity);

    /// <summary>Seconds below which no computation of this size can go here.</summary>
    public double LeastSeconds(double flops, double bytes) => Math.Max(flops / FlopsPerSecond, bytes / BytesPerSecond);

    public bool IsMemoryBound(double intensity) => intensity < Ridge;
}
