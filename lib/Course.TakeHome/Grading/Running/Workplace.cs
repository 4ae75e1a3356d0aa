using System.Diagnostics.CodeAnalysis;
using Course.TakeHome.Contracts;
using Course.TakeHome.Runner;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// A temporary folder with the files that a sandbox may read: sources of a hand-in, the contracts and the runner. Disposing deletes it.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("grade-");

    public Workplace()
    {
        Readable(root.FullName);
        Type[] carried = [typeof(RunnerProgram), typeof(IAdapter), typeof(CourseException)];
        foreach (var assembly in carried.Select(type => type.Assembly.Location))
            Put($"runner/{Path.GetFileName(assembly)}", File.ReadAllBytes(assembly));
        Put("runner/Course.TakeHome.Runner.runtimeconfig.json", System.Text.Encoding.UTF8.GetBytes($$"""
            {
              "runtimeOptions": {
                "tfm": "net10.0",
                "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" },
                "configProperties": { "System.Globalization.Invariant": true }
              }
            }
            """));
    }

    public string Root => root.FullName;

    public string Runner => At("runner/Course.TakeHome.Runner.dll");

    /// <summary>The assemblies that a candidate's code is compiled against, besides .NET itself.</summary>
    public IEnumerable<string> References => [At("runner/Course.Core.dll"), At("runner/Course.TakeHome.Contracts.dll")];

    /// <summary>The path of the candidate's compiled code.</summary>
    public string Answers => At("Answers.dll");

    /// <summary>The path of the compiled decoders that a candidate's loop is timed against.</summary>
    public string Reference => At("Reference.dll");

    public string At(string path) => Path.Combine(root.FullName, path);

    public void Put(string path, byte[] bytes)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            Readable(Directory.CreateDirectory(At(path[..slash])).FullName);
        File.WriteAllBytes(At(path), bytes);
        Readable(At(path));
    }

    /// <summary>Deletes a folder of the workplace.</summary>
    public void Clear(string folder) => Directory.Delete(At(folder), recursive: true);

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>Lets everybody read a file: if this program runs as root, the sandbox runs as another user.</summary>
    [SuppressMessage("Interoperability", "CA1416", Justification = "Guarded.")]
    private static void Readable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
