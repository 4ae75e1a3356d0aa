using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using static System.FormattableString;

namespace Course.Inference.Measurement;

/// <summary>The machine that ran a measurement. A figure says little without it.</summary>
/// <param name="Processor">The CPU's model.</param>
/// <param name="Cores">Logical cores that this process may use.</param>
/// <param name="Simd">Vector instruction sets that .NET uses here, narrowest first.</param>
/// <param name="MemoryBytes">Memory that this process may use, in bytes.</param>
/// <param name="OperatingSystem">Name and version of the operating system.</param>
/// <param name="Runtime">Name and version of the .NET runtime.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Machine(
    string Processor, int Cores, IReadOnlyList<string> Simd, long MemoryBytes, string OperatingSystem, string Runtime) : IRichDisplay
{
    public static Machine Describe() => new(
        MachineName.Processor, Environment.ProcessorCount, [.. InstructionSets()],
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);

    /// <summary>The short form for a chart's caption: processor and cores.</summary>
    public string Brief => $"{Processor}, {Cores} cores";

    public string ToHtml() => $"<table><tbody>{Html.Concat(Rows().Select(row => Html.Of(
        $"<tr><th style=\"text-align:left\">{row.Name}</th><td style=\"text-align:left\">{row.Value}</td></tr>")))}</tbody></table>";

    public override string ToString() => string.Join('\n', Rows().Select(row => $"{row.Name}: {row.Value}"));

    private IEnumerable<(string Name, string Value)> Rows() =>
    [
        ("processor", Processor),
        ("cores", Invariant($"{Cores}")),
        ("vector instructions", string.Join(", ", Simd)),
        ("memory", Quantity.Bytes(MemoryBytes)),
        ("system", OperatingSystem),
        ("runtime", Runtime),
    ];

    private static IEnumerable<string> InstructionSets()
    {
        if (Sse42.IsSupported)
            yield return "SSE4.2";
        if (Avx2.IsSupported)
            yield return "AVX2";
        if (Fma.IsSupported)
            yield return "FMA";
        if (Avx512F.IsSupported)
            yield return "AVX-512";
        if (System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported)
            yield return "NEON";
    }
}
