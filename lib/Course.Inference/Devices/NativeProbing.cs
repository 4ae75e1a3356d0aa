using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Course.Inference.Devices;

/// <summary>
/// Finds the native libraries of packages. The runtime does so itself for a program's own packages, but a front-end that loads an
/// assembly by path (<c>#r "….dll"</c> in .NET Interactive) does not look into <c>runtimes/…/native</c> beside it.
/// </summary>
internal static class NativeProbing
{
    /// <summary>
    /// The folders of native libraries in an assembly's package: beside the assembly in a published program, <c>runtimes/…</c> in a build.
    /// </summary>
    public static IReadOnlyList<string> Folders(Assembly assembly)
    {
        var home = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory;
        string[] systems = OperatingSystem.IsWindows() ? ["win-x64"] : OperatingSystem.IsMacOS() ? ["osx-arm64", "osx"] : ["linux-x64"];
        return [home, .. systems.Select(system => Path.Combine(home, "runtimes", system, "native"))];
    }

    /// <summary>The file name of a native library on this system.</summary>
    public static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>
    /// Resolves an assembly's native libraries. The runtime asks only after it has found nothing itself, so other processes pay nothing.
    /// </summary>
    /// <param name="assembly">The managed assembly that calls the native libraries.</param>
    /// <param name="before">Called with a library's folder before the library is loaded, to load what it depends on.</param>
    public static void ResolveFor(Assembly assembly, Action<string> before)
    {
        if (AssemblyLoadContext.GetLoadContext(assembly) is { } context)
            context.ResolvingUnmanagedDll += (asking, name) => asking == assembly ? Load(assembly, name, before) : 0;
    }

    /// <summary>Resolves the native libraries of an assembly that may never be loaded, from the moment when it is.</summary>
    /// <param name="simpleName">The simple name of the managed assembly that calls the native libraries.</param>
    public static void ResolveOnceLoaded(string simpleName) => AppDomain.CurrentDomain.AssemblyLoad += (_, load) =>
    {
        if (load.LoadedAssembly.GetName().Name == simpleName)
            ResolveFor(load.LoadedAssembly, _ => { });
    };

    private static nint Load(Assembly assembly, string name, Action<string> before)
    {
        string[] spellings = [name, name + Path.GetExtension(FileName(name)), FileName(name)]; // as it is, + ending, + prefix and ending
        var file = Folders(assembly).SelectMany(folder => spellings.Select(spelling => Path.Combine(folder, spelling)))
            .FirstOrDefault(File.Exists);
        if (file is null)
            return 0;
        before(Path.GetDirectoryName(file)!);
        return NativeLibrary.TryLoad(file, out var handle) ? handle : 0;
    }
}
