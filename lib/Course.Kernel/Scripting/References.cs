using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Scripting;

/// <summary>
/// The metadata references of the session. Each file has one reference object for the whole session, so Roslyn reuses its bound symbols,
/// which makes later cells fast.
/// </summary>
internal sealed class References
{
    /// <summary>The references with which every session starts; they are read once for all sessions.</summary>
    private static readonly Lazy<IReadOnlyList<(string Path, MetadataReference Reference)>> Shared = new(() =>
        [.. ProcessAssemblies.Framework.Select(p => (p, Read(p))), (OwnPath, ReadOwn())]);

    /// <summary>
    /// Binds the shared references before any session compiles, and keeps the result, because the compiler holds symbols weakly. Two
    /// sessions that bound them at the same time would each have their own symbols, and a later cell might get those of the other session.
    /// </summary>
    private static readonly Lazy<IAssemblySymbol> Bound = new(() =>
        CSharpCompilation.Create("bound", references: Shared.Value.Select(shared => shared.Reference)).Assembly);

    private static string OwnPath => typeof(References).Assembly.Location;

    private readonly Dictionary<string, string> pathByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataReference> dependencies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> natives = [];

    public References()
    {
        foreach (var (path, _) in Shared.Value)
            pathByName.Add(Path.GetFileNameWithoutExtension(path), path);
        All = [.. Shared.Value.Select(s => s.Reference)];
    }

    public ImmutableArray<MetadataReference> All { get; private set; }

    /// <summary>
    /// Returns the references added after the first <paramref name="inherited"/> ones. A submission inherits the references of the previous
    /// one, so it gets only the new ones. If it got all, memory would grow with the square of the number of cells.
    /// </summary>
    public ImmutableArray<MetadataReference> After(int inherited)
    {
        _ = Bound.Value;
        return All[inherited..];
    }

    /// <summary>The file that the session uses for an assembly of that name, or null.</summary>
    public string? Find(string simpleName) => pathByName.GetValueOrDefault(simpleName);

    /// <summary>The file of a native library from a package, or null.</summary>
    public string? FindNative(string name) => natives.Find(f => Path.GetFileName(f) == name || Path.GetFileNameWithoutExtension(f) == name
        || Path.GetFileNameWithoutExtension(f) == "lib" + name);

    /// <summary>Adds an assembly, or the process's own assembly of the same name if there is one.</summary>
    public void Add(string path)
    {
        if (!AddOwn(Path.GetFileNameWithoutExtension(path)))
            AddFile(path);
    }

    /// <summary>Adds the process's own assembly of that name, if it has one.</summary>
    public bool AddOwn(string simpleName)
    {
        if (ProcessAssemblies.Find(simpleName) is not { } own)
            return false;
        AddFile(own);
        return true;
    }

    public void AddNatives(IEnumerable<string> files) => natives.AddRange(files.Except(natives).ToList());

    private void AddFile(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (dependencies.Remove(name, out var known))
            All = All.Add(known.WithAliases([])); // the compiler treats both as one assembly, now visible to cells
        else if (pathByName.TryAdd(name, path))
            All = All.Add(ReadForeign(path));
        AddDependencies(path);
    }

    /// <summary>
    /// Binds the dependencies of an assembly together with it, although cells see them only after referencing them. If they were
    /// bound later, the compiler would recreate the types of the first assembly, and the values of earlier cells would have other
    /// types than later cells use.
    /// </summary>
    private void AddDependencies(string path)
    {
        foreach (var needed in AssemblyImage.ReferencesOf(path).Where(name => !pathByName.ContainsKey(name)))
        {
            var file = ProcessAssemblies.Find(needed) ?? Path.Combine(Path.GetDirectoryName(path)!, needed + ".dll");
            if (!File.Exists(file))
                continue;
            var reference = ReadForeign(file).WithAliases(["dependency"]);
            pathByName.Add(needed, file);
            dependencies.Add(needed, reference);
            All = All.Add(reference);
            AddDependencies(file);
        }
    }

    /// <summary>
    /// Binds the kernel's own assembly to .NET only, so that no reference of a cell can change it: see <see cref="AddDependencies"/>.
    /// </summary>
    private static PortableExecutableReference ReadOwn() => MetadataReference.CreateFromImage(
        AssemblyImage.KeepReferences(OwnPath, ProcessAssemblies.IsFrameworkName), documentation: Documentation.Of(OwnPath),
        filePath: OwnPath);

    private static PortableExecutableReference Read(string path) =>
        MetadataReference.CreateFromFile(path, documentation: Documentation.Of(path));

    /// <summary>Reads an assembly and hides its types that have the kernel's own names: see <see cref="KernelTypes"/>.</summary>
    private static PortableExecutableReference ReadForeign(string path) => KernelTypes.Hide(path) is { } image
        ? MetadataReference.CreateFromImage(image, documentation: Documentation.Of(path), filePath: path)
        : Read(path);
}
