using System.Diagnostics;
using System.Text.Json;

namespace Course.Cli.Tests.Build;

/// <summary>
/// Asks MSBuild which packages it would restore. The CUDA packages are too large to restore them here, and not on every feed.
/// </summary>
public class TorchBackendTests
{
    [Theory]
    [InlineData("cpu", "libtorch-cpu-")]
    [InlineData("cuda-linux", "TorchSharp-cuda-linux")]
    [InlineData("cuda-windows", "TorchSharp-cuda-windows")]
    public void A_backend_selects_its_package_and_no_other(string backend, string expected)
    {
        var native = NativePackages(backend);

        Assert.StartsWith(expected, Assert.Single(native), StringComparison.Ordinal);
    }

    [Fact]
    public void Bringing_your_own_restores_no_libtorch() => Assert.Empty(NativePackages("none"));

    [Fact]
    public void Without_the_property_it_is_the_cpu() => Assert.Equal(NativePackages("cpu"), NativePackages(null));

    [Fact]
    public void An_unknown_backend_is_refused_with_the_names_that_exist()
    {
        var (exitCode, output) = Build("-t:CheckTorchBackend", "-p:TorchBackend=rocm");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("TorchBackend is 'rocm'; expected cpu, cuda-linux, cuda-windows or none", output, StringComparison.Ordinal);
    }

    private static string[] NativePackages(string? backend)
    {
        var (exitCode, output) = Build(["-getItem:PackageReference", .. backend is null ? [] : new[] { $"-p:TorchBackend={backend}" }]);
        Assert.True(exitCode == 0, output);
        using var answer = JsonDocument.Parse(output);
        return
        [
            .. answer.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
                .Select(reference => reference.GetProperty("Identity").GetString()!)
                .Where(
                    name => name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase)
                        || name.StartsWith("TorchSharp-", StringComparison.Ordinal)),
        ];
    }

    private static (int ExitCode, string Output) Build(params string[] arguments)
    {
        var project = Path.Combine(RepositoryRoot.Find(), "lib", "Course.Inference", "Course.Inference.csproj");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", .. arguments]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
