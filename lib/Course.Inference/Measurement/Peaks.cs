using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Measurement;

/// <summary>What this machine was seen to reach, not what its datasheet promises: the fastest sample of each.</summary>
/// <param name="Device">Where.</param>
/// <param name="Product">A square matrix product, <paramref name="ProductFlops"/> each.</param>
/// <param name="ProductFlops">2·n³.</param>
/// <param name="Read">Reading once through a buffer that no cache holds.</param>
/// <param name="ReadBytes">Its size.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Peaks(string Device, Timing Product, double ProductFlops, Timing Read, double ReadBytes) : IRichDisplay
{
    /// <summary>
    /// Peak arithmetic. A peak is what the machine can do when nothing disturbs it, hence the minimum and not the median.
    /// </summary>
    public double FlopsPerSecond => ProductFlops / Product.Seconds.Minimum;

    /// <summary>Peak read bandwidth.</summary>
    public double BytesPerSecond => ReadBytes / Read.Seconds.Minimum;

    public Roofline Roofline => new(FlopsPerSecond, BytesPerSecond);

    /// <summary>Measures a device. Takes a second or two, and the numbers suffer from whatever else runs.</summary>
    /// <param name="device">Which.</param>
    /// <param name="precision">The type that the product is computed in; fp32 unless given.</param>
    /// <param name="options">How often; null for what <see cref="Effort"/> asks for.</param>
    public static Peaks Measure(Device device, ScalarType precision = ScalarType.Float32, MeasurementOptions? options = null)
    {
        using var scope = NewDisposeScope();
        using var guard = inference_mode();
        var meter = new LatencyMeter(device, options);
        var gpu = device.type == DeviceType.CUDA;
        var n = gpu ? 8192 : Effort.Choose(2048, 1024);
        var bytes = gpu ? 4L << 30 : Effort.Choose(512L, 256L) << 20;
        var (a, b) = (rand(n, n, precision, device), rand(n, n, precision, device));
        var product = meter.Time($"product of {n}×{n}", () => mm(a, b));
        return new(
            device.ToString(), product, 2.0 * n * n * n, gpu ? ReadByTorch(meter, device, bytes) : ReadByThreads(meter, bytes), bytes);
    }

    public string ToHtml() =>
        $"<p><b>{Quantity.FlopsPerSecond(FlopsPerSecond)}</b> arithmetic, <b>{Quantity.BytesPerSecond(BytesPerSecond)}</b> read " +
        $"bandwidth on {Device}; the roofs meet at {Ridge}.</p>";

    public override string ToString() =>
        $"{Device}: {Quantity.FlopsPerSecond(FlopsPerSecond)} arithmetic, {Quantity.BytesPerSecond(BytesPerSecond)} " +
        $"read bandwidth; the roofs meet at {Ridge}";

    private string Ridge => FormattableString.Invariant($"{Roofline.Ridge:0.0} FLOP per byte");

    private static Timing ReadByTorch(LatencyMeter meter, Device device, long bytes)
    {
        var buffer = ones(bytes / sizeof(float), device: device);
        return meter.Time($"read {Quantity.Bytes(bytes)}", () => buffer.sum());
    }

    private static Timing ReadByThreads(LatencyMeter meter, long bytes)
    {
        using var stream = new StreamRead(bytes);
        return meter.Time($"read {Quantity.Bytes(bytes)}", () => stream.Sum());
    }
}
