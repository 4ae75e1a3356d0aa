using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using Course.Inference.Devices;
using Course.Kernel.Jupyter;
using Course.Kernel.Notebooks;
using TorchSharp;

namespace Course.Cli.Doctor;

/// <summary>The checks of `course doctor`, in the order in which one thing depends on another.</summary>
internal static class Checks
{
    public static IEnumerable<Finding> All()
    {
        yield return Sdk();
        yield return Processor();
        yield return Cultures();
        yield return Libtorch();
        yield return Devices();
        yield return Models();
        yield return Jupyter();
        yield return Kernelspec();
    }

    private static Finding Sdk() => Tool.Ask("dotnet", "--list-sdks") switch
    {
        null => new("SDK", Health.Broken, "no dotnet on the PATH", "Install the .NET 10 SDK: https://dot.net/download"),
        var list when list.Split('\n').LastOrDefault(line => line.StartsWith("10.", StringComparison.Ordinal)) is { } newest =>
            new("SDK", Health.Good, $"{newest.Split(' ')[0]}, runtime {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}"),
        var list => new("SDK", Health.Broken, $"only {list.ReplaceLineEndings(", ")}", "Install the .NET 10 SDK: https://dot.net/download"),
    };

    private static Finding Processor()
    {
        (bool IsSupported, string Name)[] features =
        [
            (Avx2.IsSupported, "AVX2"), (Fma.IsSupported, "FMA"), (Avx512F.IsSupported, "AVX-512F"),
            (Avx512BW.IsSupported, "AVX-512BW"), (AvxVnni.IsSupported, "AVX-VNNI"),
        ];
        var supported = string.Join(' ', features.Where(feature => feature.IsSupported).Select(feature => feature.Name));
        var detail = $"{Environment.ProcessorCount} logical cores, {supported}";
        return Vector256.IsHardwareAccelerated || Vector128.IsHardwareAccelerated
            ? new("CPU", Health.Good, detail)
            : new("CPU", Health.Limited, detail, ".NET knows no SIMD instructions of this CPU: everything works, but slowly.");
    }

    private static Finding Cultures() => Icu.IsInUse()
        ? new("ICU", Health.Good, "cells have cultures and Unicode normalisation")
        : new("ICU", Health.Limited, "not found or switched off: cells have only the invariant culture, and Normalize does not change text",
            "Install it (Debian and Ubuntu: apt-get install libicu-dev; Fedora: dnf install libicu), and leave " +
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset.");

    private static Finding Libtorch()
    {
        try
        {
            LibTorch.Require();
            return new("libtorch", Health.Good, $"{torch.__version__}, {torch.get_num_threads()} threads, from {LibTorch.Source}");
        }
        catch (CourseException e)
        {
            return new(
                "libtorch", Health.Broken, e.Message,
                "Build again (-p:TorchBackend=cpu is the default); `course generate --verbose` shows the loader's own message.");
        }
    }

    private static Finding Devices()
    {
        try
        {
            LibTorch.Require();
        }
        catch (CourseException)
        {
            return new("devices", Health.Broken, "unknown while libtorch does not load", "Repair libtorch first.");
        }
        try
        {
            var inUse = ComputeDevice.Current();
            var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
            var detail = $"cpu{string.Concat(Enumerable.Range(0, count).Select(i => $", cuda:{i}"))}; in use: {inUse}";
            return new(
                "devices", Health.Good, detail,
                count > 0 ? "" : "With an NVIDIA GPU, build with -p:TorchBackend=cuda-linux (or cuda-windows).");
        }
        catch (CourseException e)
        {
            return new("devices", Health.Broken, e.Message, $"Set or unset the environment variable {ComputeDevice.Variable}.");
        }
    }

    private static Finding Models()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "data", "models");
        var missing = new[] { "target", "draft" }.Where(name => !File.Exists(Path.Combine(folder, name, "model.safetensors"))).ToArray();
        return missing.Length == 0
            ? new("models", Health.Good, "the bundled target and draft are present")
            : new(
                "models", Health.Broken, $"{string.Join(" and ", missing)} missing in {folder}",
                "Check them out again (git checkout data/models), or train them: course train");
    }

    private static Finding Jupyter() => Tool.Ask("jupyter", "--version") is { } version
        ? new("Jupyter", Health.Good, Installed(version))
        : new(
            "Jupyter", Health.Limited, "not found",
            "`course run` does not need it. For notebooks in a browser: conda env create -f environment.yml, or your system's jupyterlab.");

    /// <summary>The versions of JupyterLab and the classic Notebook, out of the dozen parts that `jupyter --version` lists.</summary>
    private static string Installed(string versions) => string.Join(", ", versions.Split('\n')
        .Select(line => line.Split(':', StringSplitOptions.TrimEntries))
        .Where(part => part is ["jupyterlab" or "notebook", not "not installed"])
        .Select(part => $"{part[0]} {part[1]}")
        .DefaultIfEmpty("without lab or notebook"));

    private static Finding Kernelspec()
    {
        const string Remedy = "course kernel install";
        if (Tool.Ask("jupyter", "kernelspec", "list", "--json") is not { } list)
            return new("kernelspec", Health.Limited, "no Jupyter to ask", "Install Jupyter, then: " + Remedy);
        using var specs = Parsed(list);
        if (specs is null)
            return new(
                "kernelspec", Health.Limited, "Jupyter's list of kernels cannot be read",
                "See what `jupyter kernelspec list --json` prints.");
        return specs.RootElement.GetProperty("kernelspecs").TryGetProperty(Notebook.KernelName, out var spec)
            && spec.GetProperty("resource_dir").GetString() is { } folder
            ? new("kernelspec", Health.Good, $"{Notebook.KernelName} in {folder}"
                + (KernelSpec.IsOurs(folder) ? "" : ", another program's; `course lab` opens the notebooks in the course's"))
            : new("kernelspec", Health.Limited, "Jupyter does not know .net-csharp", Remedy);
    }

    /// <summary>Parses Jupyter's list of kernelspecs; null if it is not such a list.</summary>
    private static JsonDocument? Parsed(string list)
    {
        try
        {
            var specs = JsonDocument.Parse(list);
            return specs.RootElement.ValueKind == JsonValueKind.Object && specs.RootElement.TryGetProperty("kernelspecs", out var names)
                && names.ValueKind == JsonValueKind.Object
                ? specs
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
