using System.Text.Json.Nodes;

namespace Course.Kernel.Directives;

/// <summary>The files of restored packages.</summary>
/// <param name="Versions">The resolved versions by package id.</param>
/// <param name="Assemblies">The managed assemblies, including those of dependencies.</param>
/// <param name="Natives">The native libraries for this platform.</param>
internal sealed record RestoredPackages(
    IReadOnlyDictionary<string, string> Versions, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Natives)
{
    /// <summary>Reads <c>project.assets.json</c>, which NuGet writes during a restore.</summary>
    public static RestoredPackages Read(string assetsFile)
    {
        var assets = JsonNode.Parse(File.ReadAllBytes(assetsFile))!;
        var folders = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToArray();
        var libraries = assets["targets"]!.AsObject().Last().Value!.AsObject();
        IReadOnlyList<string> Files(string kind) =>
        [
            .. libraries.SelectMany(library => (library.Value![kind]?.AsObject() ?? [])
                .Where(f => !f.Key.EndsWith("/_._", StringComparison.Ordinal))
                .Select(f => Locate(folders, assets["libraries"]![library.Key]!["path"]!.GetValue<string>(), f.Key))),
        ];
        return new(
            libraries.Select(l => l.Key.Split('/')).ToDictionary(k => k[0], k => k[1], StringComparer.OrdinalIgnoreCase),
            Files("runtime"),
            Files("native"));
    }

    public bool Exists => Assemblies.Concat(Natives).All(File.Exists);

    private static string Locate(string[] folders, string package, string file) =>
        folders.Select(f => Path.Combine(f, package, file)).FirstOrDefault(File.Exists) ?? Path.Combine(folders[0], package, file);
}
