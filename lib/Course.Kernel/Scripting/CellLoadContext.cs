using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Course.Kernel.Scripting;

/// <summary>
/// Loads compiled cells and the assemblies that they reference: earlier cells first, then the process's own assemblies, then those of
/// <c>#r</c>.
/// </summary>
internal sealed class CellLoadContext(References references) : AssemblyLoadContext("cells")
{
    private readonly ConcurrentDictionary<string, Assembly> cells = new();

    public Assembly LoadCell(string name, Stream image, Stream symbols)
    {
        var assembly = LoadFromStream(image, symbols);
        cells[name] = assembly;
        return assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (cells.TryGetValue(name, out var cell))
            return cell;
        if (ProcessAssemblies.Load(assemblyName) is { } own)
            return own;
        return references.Find(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        references.FindNative(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
