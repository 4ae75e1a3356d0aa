using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Course.Kernel.Directives;

/// <summary>
/// Restores packages with <c>dotnet restore</c> of a generated project, so the machine's sources, credentials and cache apply. A set of
/// packages that was restored before needs no new process.
/// </summary>
internal static class PackageRestore
{
    /// <exception cref="DirectiveException">NuGet could not restore the packages.</exception>
    public static async Task<RestoredPackages> RestoreAsync(
        IReadOnlyCollection<PackageRequest> packages, IReadOnlyCollection<string> sources, CancellationToken cancel)
    {
        var project = Project(packages, sources);
        var folder = Path.Combine(
            Path.GetTempPath(), "course-kernel-" + Environment.UserName,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16]);
        var assets = Path.Combine(folder, "obj", "project.assets.json");
        // NuGet writes its assets file for a failed restore too, so a marker file records success.
        var done = Path.Combine(folder, "restored");
        if (File.Exists(done) && RestoredPackages.Read(assets) is { Exists: true } known)
            return known;
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "cell.csproj");
        await File.WriteAllTextAsync(file, project, cancel);
        await RunAsync(file, string.Join(", ", packages.Select(p => p.Id)), cancel);
        await File.WriteAllTextAsync(done, "", cancel);
        return RestoredPackages.Read(assets);
    }

    private static string Project(IEnumerable<PackageRequest> packages, IEnumerable<string> sources) => new XElement("Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
            new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", false),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
        new XElement(
            "ItemGroup",
            packages.Select(
                p => new XElement("PackageReference", new XAttribute("Include", p.Id), new XAttribute("Version", p.Version))))).ToString();

    private static async Task RunAsync(string project, string packages, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["restore", project, "--verbosity", "quiet", "-nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(project),
        };
        using var process = Start(start);
        await using var stop = cancel.Register(() => process.Kill(entireProcessTree: true));
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None)
            + await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new DirectiveException($"NuGet could not restore {packages}: {Errors(output)}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DirectiveException(
                "#r \"nuget: …\" needs the .NET SDK's command 'dotnet' on the PATH. Install the SDK, " +
                "or reference the assembly by its path.", e);
        }
    }

    /// <summary>Returns NuGet's error messages without the project path and without duplicates.</summary>
    private static string Errors(string output)
    {
        var errors = output.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal))
            .Select(l => l[l.IndexOf("error", StringComparison.Ordinal)..].Split(" [")[0].Trim()).Distinct().ToArray();
        return errors.Length > 0 ? string.Join("\n", errors) : output.Trim();
    }
}
