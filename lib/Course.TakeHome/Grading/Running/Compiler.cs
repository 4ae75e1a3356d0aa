using System.Text;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Running;

/// <summary>The result of compiling.</summary>
/// <param name="Assembly">The assembly; empty if the sources do not compile.</param>
/// <param name="Errors">The compiler's errors, with paths as they were given.</param>
internal sealed record Compiled(byte[] Assembly, IReadOnlyList<string> Errors);

/// <summary>
/// Runs only the C# compiler, with fixed options. There is no project, package, analyzer, source generator or build engine that could come
/// from an archive. The compiler runs in the sandbox, because a source may attack its compiler.
/// </summary>
internal sealed class Compiler(DotnetSdk sdk, ISandbox sandbox)
{
    public static readonly SandboxLimits Limits = new()
    {
        Wall = TimeSpan.FromSeconds(90),
        Cpu = TimeSpan.FromSeconds(60),
        OutputBytes = 8 * 1024 * 1024
    };

    private const int MostErrors = 20;

    /// <summary>Compiles sources into a library.</summary>
    /// <param name="name">The name of the assembly. Two assemblies in one process need different names.</param>
    /// <param name="sources">The sources by relative path.</param>
    /// <param name="place">The folder from which the sandbox reads them.</param>
    /// <param name="cancel">Ends the compiler.</param>
    public Compiled Run(string name, IReadOnlyDictionary<string, byte[]> sources, Workplace place, CancellationToken cancel)
    {
        foreach (var (path, bytes) in sources)
            place.Put($"source/{path}", bytes);
        place.Put("answers.rsp", Encoding.UTF8.GetBytes(string.Join('\n', Options(name, sources.Keys, place))));
        // The sandbox's private space disappears with it, so the assembly is written to standard output, and messages to standard error.
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
