using System.Diagnostics.CodeAnalysis;
using Course.TakeHome.Contracts;
using Course.TakeHome.Runner;

namespace Course.TakeHome.Grading.Running;

/// <summary>A temporary folder of ours with what a sandbox may read: sources from a hand-in, the contracts, the runner. Gone when disposed of.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("grade-");

    public Workplace()
    {
        Readable(root.FullName);
        Directory.CreateDirectory(Path.Combine(root.FullName, "runner"));
        foreach (var assembly in new[] { typeof(RunnerProgram), typeof(Hidden.HiddenSuites), typeof(IAdapter) }.Select(type => type.Assembly.Location))
            File.Copy(assembly, Path.Combine(root.FullName, "runner", Path.GetFileName(assembly)));
        Put("runner/Course.TakeHome.Runner.runtimeconfig.json", System.Text.Encoding.UTF8.GetBytes(
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" }, "configProperties": { "System.Globalization.Invariant": true } } }"""));
    }

    public string Root => root.FullName;

    public string Runner => At("runner/Course.TakeHome.Runner.dll");

    public string Contracts => At("runner/Course.TakeHome.Contracts.dll");

    /// <summary>The candidate's code, once it is compiled.</summary>
    public string Answers => At("Answers.dll");

    /// <summary>What a candidate's tests and loop are held to.</summary>
    public string Decoders => At("Decoders.dll");

    public string At(string path) => Path.Combine(root.FullName, path);

    public void Put(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), bytes);
    }

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>The sandbox runs as somebody else where this program runs as root.</summary>
    [SuppressMessage("Interoperability", "CA1416", Justification = "Guarded.")]
    private static void Readable(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
    }
}
