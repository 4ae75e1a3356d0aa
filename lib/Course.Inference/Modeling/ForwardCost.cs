namespace Course.Inference.Modeling;

/// <summary>The price of one forward pass, counted and not measured.</summary>
/// <param name="Flops">Floating-point operations; a multiply-add counts as two.</param>
/// <param name="WeightBytes">Bytes of weights read, once per call however many rows and tokens share it.</param>
/// <param name="CacheBytes">Bytes of keys and values read and written.</param>
/// <param name="ActivationBytes">Bytes of activations written by one operation and read by the next, logits included.</param>
public readonly record struct ForwardCost(double Flops, double WeightBytes, double CacheBytes, double ActivationBytes)
{
    /// <summary>All bytes that the call moves through memory.</summary>
    public double Bytes => WeightBytes + CacheBytes + ActivationBytes;

    /// <summary>FLOP per byte: the abscissa of the roofline. 0 where nothing was moved, as in a round without a draft: JSON has no NaN.</summary>
    public double ArithmeticIntensity => Bytes > 0 ? Flops / Bytes : 0;

    public static ForwardCost operator +(ForwardCost a, ForwardCost b) => new(
        a.Flops + b.Flops, a.WeightBytes + b.WeightBytes, a.CacheBytes + b.CacheBytes, a.ActivationBytes + b.ActivationBytes);

    public static ForwardCost operator -(ForwardCost a, ForwardCost b) => new(
        a.Flops - b.Flops, a.WeightBytes - b.WeightBytes, a.CacheBytes - b.CacheBytes, a.ActivationBytes - b.ActivationBytes);
}
