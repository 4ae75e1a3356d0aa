using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Scripting;

/// <summary>
/// The metadata references of the session. Each file becomes one reference object, kept for good: Roslyn then reuses
/// the symbols it has bound, which is what makes later cells quick.
/// </summary>
internal sealed class References
{
    private readonly Dictionary<string, string> pathByName = new(StringComparer.OrdinalIgnoreCase);

    public References()
    {
        foreach (var path in ProcessAssemblies.Framework.Append(typeof(References).Assembly.Location))
            Add(path);
    }

    public ImmutableArray<MetadataReference> All { get; private set; } = [];

    /// <summary>File that the session uses for an assembly of that name, or null.</summary>
    public string? Find(string simpleName) => pathByName.GetValueOrDefault(simpleName);

    /// <summary>Adds an assembly; the process's own of that name where it has one.</summary>
    public void Add(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (pathByName.ContainsKey(name))
            return;
        var used = ProcessAssemblies.Find(name) ?? path;
        pathByName.Add(name, used);
        All = All.Add(MetadataReference.CreateFromFile(used));
    }
}
