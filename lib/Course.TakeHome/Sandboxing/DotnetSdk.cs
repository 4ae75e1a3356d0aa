using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Course.TakeHome.Sandboxing;

/// <summary>The .NET SDK that runs this program, and the parts of it that a sandbox needs.</summary>
/// <param name="Root">The folder with `dotnet`.</param>
/// <param name="Compiler">The path of csc.dll.</param>
/// <param name="References">The folder of the reference assemblies.</param>
internal sealed record DotnetSdk(string Root, string Compiler, string References)
{
    public string Host => Path.Combine(Root, "dotnet");

    /// <summary>Finds the SDK beside the running runtime.</summary>
    /// <exception cref="CourseException">There is a runtime, but no SDK.</exception>
    public static DotnetSdk Find()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new(
            root,
            Newest(Path.Combine(root, "sdk"), Path.Combine("Roslyn", "bincore", "csc.dll")),
            Newest(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"), Path.Combine("ref", $"net{Environment.Version.Major}.0")));
    }

    /// <summary>
    /// A command that runs a .NET program under limits. The heap limit makes it throw an exception before the memory limit kills it, and
    /// diagnostic ports are off.
    /// </summary>
    public SandboxCommand Command(SandboxLimits limits, params ImmutableArray<string> arguments) => new(Host, arguments)
    {
        Reads = Root.StartsWith("/usr/", StringComparison.Ordinal) ? [] : [Root],
        Limits = limits,
        Environment = ImmutableDictionary<string, string>.Empty
            .Add("DOTNET_GCHeapHardLimit", $"0x{limits.MemoryBytes * 2 / 3:x}")
            .Add("DOTNET_EnableDiagnostics", "0")
            .Add("DOTNET_EnableWriteXorExecute", "0") // its second mapping is a memfd, which the sandbox refuses
            .Add("DOTNET_PROCESSOR_COUNT", "2")
            .Add("DOTNET_TieredPGO", "0"),
    };

    private static string Newest(string folder, string inside)
    {
        var found = Directory.Exists(folder)
            ? Directory.GetDirectories(folder)
                .OrderByDescending(path => Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version) ? version : new())
                .Select(path => Path.Combine(path, inside)).FirstOrDefault(Path.Exists)
            : null;
        return found
            ?? throw new CourseException(
                $"Grading compiles hand-ins, but there is no .NET SDK beside the runtime: {Path.Combine(folder, "*", inside)} is missing. "
                + $"Install the .NET {Environment.Version.Major} SDK.");
    }
}
