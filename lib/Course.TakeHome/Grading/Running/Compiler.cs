using System.Text;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Running;

/// <summary>What came of compiling.</summary>
/// <param name="Assembly">Empty where it does not compile.</param>
/// <param name="Errors">Of the compiler, with paths as they were given.</param>
internal sealed record Compiled(byte[] Assembly, IReadOnlyList<string> Errors);

/// <summary>
/// The compiler alone, with options of ours. There is no project, no package, no analyzer, no generator and no build engine that could take
/// any of these from an archive. It runs in the sandbox, for a source may be hostile to its compiler.
/// </summary>
internal sealed class Compiler(DotnetSdk sdk, ISandbox sandbox)
{
    public static readonly SandboxLimits Limits = new()
    {
        Wall = TimeSpan.FromSeconds(90), Cpu = TimeSpan.FromSeconds(60), OutputBytes = 8 * 1024 * 1024
    };

    private const int MostErrors = 20;

    /// <param name="name">Of the assembly: two in one process need two.</param>
    /// <param name="sources">By path, relative.</param>
    /// <param name="place">Where the sandbox reads them.</param>
    /// <param name="cancel">Ends the compiler.</param>
    public Compiled Run(string name, IReadOnlyDictionary<string, byte[]> sources, Workplace place, CancellationToken cancel)
    {
        foreach (var (path, bytes) in sources)
            place.Put($"source/{path}", bytes);
        place.Put("answers.rsp", Encoding.UTF8.GetBytes(string.Join('\n', Options(name, sources.Keys, place))));
        // The private space is gone with the sandbox, so the assembly comes out as output, and messages as errors.
        var command = sdk.Command(Limits, "exec", sdk.Compiler, "-noconfig", $"@{place.At("answers.rsp")}");
        command = command with
        {
            Program = "/usr/bin/sh",
            Arguments = ["-c", "cd \"$HOME\" && \"$@\" >&2 && exec cat \"$0\"", $"{name}.dll", sdk.Host, .. command.Arguments],
            Reads = [.. command.Reads, place.Root],
        };
        var result = sandbox.Run(command, cancel);
        return result.Succeeded ? new(result.Output.ToArray(), []) : new([], Errors(result, place));
    }

    private IEnumerable<string> Options(string name, IEnumerable<string> paths, Workplace place) =>
    [
        "-nologo", "-target:library", $"-out:{name}.dll", "-optimize+", "-deterministic+", "-debug-", "-nullable:enable",
        "-langversion:latest", "-unsafe+", "-warn:0", "-utf8output", "-nostdlib+", "-parallel-",
        .. Directory.GetFiles(sdk.References, "*.dll").Order(StringComparer.Ordinal).Select(path => $"-reference:\"{path}\""),
        .. place.References.Select(path => $"-reference:\"{path}\""),
        .. paths.Select(path => $"\"{place.At($"source/{path}")}\""),
    ];

    private static string[] Errors(SandboxResult result, Workplace place)
    {
        if (result.End != SandboxEnd.Exited)
            return [$"The compiler was ended by a limit: {result.End}."];
        var lines = result.Errors.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal))
            .Select(line => line.Split($"{Path.GetFileName(place.Root)}/source/")[^1].Trim()).Distinct().ToArray();
        return lines.Length > 0 ? lines[..Math.Min(lines.Length, MostErrors)] : [$"The compiler ended with code {result.ExitCode}."];
    }
}
