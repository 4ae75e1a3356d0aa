using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.Loader;

namespace Course.Kernel.Scripting;

/// <summary>
/// The assemblies of this process. A cell that references an assembly of the same name gets this one, because two copies would define
/// distinct types.
/// </summary>
internal static class ProcessAssemblies
{
    public static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly FrozenDictionary<string, string> Trusted =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .ToLookup(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The assemblies of .NET itself, which every cell sees.</summary>
    public static IEnumerable<string> Framework =>
        Trusted.Values.Where(IsFramework);

    public static bool IsFrameworkName(string simpleName) => Trusted.TryGetValue(simpleName, out var path) && IsFramework(path);

    public static bool IsFramework(string path) => Path.GetDirectoryName(path) == FrameworkFolder;

    /// <summary>The path of the process's own assembly of that name, or null.</summary>
    public static string? Find(string simpleName) =>
        Trusted.GetValueOrDefault(simpleName)
        ?? AssemblyLoadContext.Default.Assemblies
            .Where(a => a is { IsDynamic: false, Location.Length: > 0 })
            .FirstOrDefault(a => string.Equals(a.GetName().Name, simpleName, StringComparison.OrdinalIgnoreCase))?.Location;

    public static Assembly? Load(AssemblyName name) =>
        name.Name is { } simple && Find(simple) is { } path ? AssemblyLoadContext.Default.LoadFromAssemblyPath(path) : null;
}
