using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Course.Inference.Devices;

/// <summary>
/// Finds the native libraries that packages bring. The runtime does so itself for a program's own packages; a front-end that loads an
/// assembly by path (<c>#r "….dll"</c> in .NET Interactive) does not look into <c>runtimes/…/native</c> beside it.
/// </summary>
internal static class NativeProbing
{
    /// <summary>Where natives of an assembly's package lie: beside the assembly in a publish, in runtimes/… in a build.</summary>
    public static IReadOnlyList<string> Folders(Assembly assembly)
    {
        var home = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory;
        string[] systems = OperatingSystem.IsWindows() ? ["win-x64"] : OperatingSystem.IsMacOS() ? ["osx-arm64", "osx"] : ["linux-x64"];
        return [home, .. systems.Select(system => Path.Combine(home, "runtimes", system, "native"))];
    }

    /// <summary>What the file of a native library is called on this system.</summary>
    public static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>
    /// Answers for an assembly's natives. The runtime asks when it has found nothing itself, so other processes pay nothing.
    /// </summary>
    /// <param name="assembly">The managed assembly that calls them.</param>
    /// <param name="before">Called with the folder before a library of it is loaded: for what the library needs.</param>
    public static void AnswerFor(Assembly assembly, Action<string> before)
    {
        if (AssemblyLoadContext.GetLoadContext(assembly) is { } context)
            context.ResolvingUnmanagedDll += (asking, name) => asking == assembly ? Load(assembly, name, before) : 0;
    }

    /// <summary>The same for a package that others use and that may never be loaded: from the moment when it is.</summary>
    /// <param name="simpleName">Of the managed assembly that calls its natives.</param>
    public static void AnswerOnceLoaded(string simpleName) => AppDomain.CurrentDomain.AssemblyLoad += (_, load) =>
    {
        if (load.LoadedAssembly.GetName().Name == simpleName)
            AnswerFor(load.LoadedAssembly, _ => { });
    };

    private static nint Load(Assembly assembly, string name, Action<string> before)
    {
        string[] spellings = [name, name + Path.GetExtension(FileName(name)), FileName(name)]; // whole, without its ending, without both
        var file = Folders(assembly).SelectMany(folder => spellings.Select(spelling => Path.Combine(folder, spelling)))
            .FirstOrDefault(File.Exists);
        if (file is null)
            return 0;
        before(Path.GetDirectoryName(file)!);
        return NativeLibrary.TryLoad(file, out var handle) ? handle : 0;
    }
}
