using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Measurement;

/// <summary>The peaks that this machine was measured to reach, not those of its datasheet: the fastest sample of each.</summary>
/// <param name="Device">The device that was measured.</param>
/// <param name="Product">Times of a square matrix product of <paramref name="ProductFlops"/> FLOPs.</param>
/// <param name="ProductFlops">2·n³.</param>
/// <param name="Read">Times of one read through a buffer that is larger than every cache.</param>
/// <param name="ReadBytes">The buffer's size in bytes.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Peaks(string Device, Timing Product, double ProductFlops, Timing Read, double ReadBytes) : IRichDisplay
{
    /// <summary>
    /// Peak arithmetic. It is taken from the shortest time, not the median: a peak is what the machine can do undisturbed.
    /// </summary>
    public double FlopsPerSecond => ProductFlops / Product.Seconds.Minimum;

    /// <summary>Peak read bandwidth.</summary>
    public double BytesPerSecond => ReadBytes / Read.Seconds.Minimum;

    public Roofline Roofline => new(FlopsPerSecond, BytesPerSecond);

    /// <summary>Measures a device, in a second or two. Other work on the machine makes the peaks look lower.</summary>
    /// <param name="device">The device to measure.</param>
    /// <param name="precision">The type that the product is computed in.</param>
    /// <param name="options">How often to measure; null for the choice of <see cref="Effort"/>.</param>
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
