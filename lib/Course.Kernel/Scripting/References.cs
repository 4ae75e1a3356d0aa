using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Scripting;

/// <summary>
/// The metadata references of the session. Each file becomes one reference object, kept for good: Roslyn then reuses
/// the symbols it has bound, which is what makes later cells quick.
/// </summary>
internal sealed class References
{
    /// <summary>What every session starts with; read once for all of them.</summary>
    private static readonly Lazy<IReadOnlyList<(string Path, MetadataReference Reference)>> Shared = new(() =>
        [.. ProcessAssemblies.Framework.Select(p => (p, Read(p))), (OwnPath, ReadOwn())]);

    /// <summary>
    /// Binds what all sessions share before any of them compiles, and keeps it, for the compiler holds symbols weakly: of two sessions
    /// that bound them at the same time each would have its own, and a later cell might be given the other's.
    /// </summary>
    private static readonly Lazy<IAssemblySymbol> Bound = new(() =>
        CSharpCompilation.Create("bound", references: Shared.Value.Select(shared => shared.Reference)).Assembly);

    private static string OwnPath => typeof(References).Assembly.Location;

    private readonly Dictionary<string, string> pathByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataReference> behind = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> natives = [];

    public References()
    {
        foreach (var (path, _) in Shared.Value)
            pathByName.Add(Path.GetFileNameWithoutExtension(path), path);
        All = [.. Shared.Value.Select(s => s.Reference)];
    }

    public ImmutableArray<MetadataReference> All { get; private set; }

    /// <summary>
    /// What came after the first so many. A submission inherits the references of the one before, so it is given only
    /// these: given all, each would hold every reference once more than its predecessor, memory with the square of the cells.
    /// </summary>
    public ImmutableArray<MetadataReference> After(int inherited)
    {
        _ = Bound.Value;
        return All[inherited..];
    }

    /// <summary>File that the session uses for an assembly of that name, or null.</summary>
    public string? Find(string simpleName) => pathByName.GetValueOrDefault(simpleName);

    /// <summary>File of a native library that a package brought, or null.</summary>
    public string? FindNative(string name) => natives.Find(f => Path.GetFileName(f) == name || Path.GetFileNameWithoutExtension(f) == name
        || Path.GetFileNameWithoutExtension(f) == "lib" + name);

    /// <summary>Adds an assembly; the process's own of that name where it has one.</summary>
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
        if (behind.Remove(name, out var known))
            All = All.Add(known.WithAliases([])); // the compiler takes the two for one assembly, which now has both names
        else if (pathByName.TryAdd(name, path))
            All = All.Add(ReadForeign(path));
        AddBehind(path);
    }

    /// <summary>
    /// What an assembly needs is bound with it, though no cell sees it before it is referenced itself. Were it bound only then, the
    /// compiler would make the first assembly's types anew, and values of earlier cells would be of other types than later cells name.
    /// </summary>
    private void AddBehind(string path)
    {
        foreach (var needed in AssemblyImage.NeedsOf(path).Where(name => !pathByName.ContainsKey(name)))
        {
            var file = ProcessAssemblies.Find(needed) ?? Path.Combine(Path.GetDirectoryName(path)!, needed + ".dll");
            if (!File.Exists(file))
                continue;
            var reference = ReadForeign(file).WithAliases(["behind"]);
            pathByName.Add(needed, file);
            behind.Add(needed, reference);
            All = All.Add(reference);
            AddBehind(file);
        }
    }

    /// <summary>Bound to .NET alone, so that nothing a cell references can change it: see <see cref="AddBehind"/>.</summary>
    private static PortableExecutableReference ReadOwn() => MetadataReference.CreateFromImage(
        AssemblyImage.Alone(OwnPath, ProcessAssemblies.IsFrameworkName), documentation: Documentation.Of(OwnPath), filePath: OwnPath);

    private static PortableExecutableReference Read(string path) =>
        MetadataReference.CreateFromFile(path, documentation: Documentation.Of(path));

    /// <summary>Types of the kernel's own names are hidden: see <see cref="KernelTypes"/>.</summary>
    private static PortableExecutableReference ReadForeign(string path) => KernelTypes.Hide(path) is { } image
        ? MetadataReference.CreateFromImage(image, documentation: Documentation.Of(path), filePath: path)
        : Read(path);
}
