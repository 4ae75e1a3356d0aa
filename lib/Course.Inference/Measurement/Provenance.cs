using static TorchSharp.torch;

namespace Course.Inference.Measurement;

/// <summary>Where figures come from; every chart shows it.</summary>
/// <param name="Machine">The machine in a few words.</param>
/// <param name="Device"><c>cpu</c>, <c>cuda:0</c> …</param>
/// <param name="Precision">The number type of the computation.</param>
/// <param name="SampleCount">Samples per point.</param>
public sealed record Provenance(string Machine, string Device, string Precision, int SampleCount)
{
    public static Provenance Of(Device device, ScalarType precision, MeasurementOptions? options = null) =>
        new(Measurement.Machine.Describe().Brief, device.ToString(), Name(precision), (options ?? MeasurementOptions.Current).SampleCount);

    public override string ToString() =>
        $"{Machine} · {Device} · {Precision} · {SampleCount} {(SampleCount == 1 ? "sample" : "samples")} each";

    private static string Name(ScalarType type) => type switch
    {
        ScalarType.Float32 => "fp32",
        ScalarType.Float16 => "fp16",
        ScalarType.BFloat16 => "bf16",
        _ => type.ToString(),
    };
}
